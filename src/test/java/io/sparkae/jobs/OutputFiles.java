package io.sparkae.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** What is in the folder of an output. */
final class OutputFiles {
  private OutputFiles() {}

  /** Names in a folder, hidden ones too, in order. */
  static List<String> names(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /**
   * The files of an output, or the file that it is, by names in which nothing is random: of tables
   * and of a file the digest of all bytes, of all else, which may hold times, nothing.
   */
  static TreeMap<String, String> content(Path output) throws IOException {
    TreeMap<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name =
            output
                .relativize(file)
                .toString()
                .replaceFirst("-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "");
        boolean isBytes = name.endsWith(".parquet") || name.isEmpty();
        content.put(name, isBytes ? DigestUtils.sha256Hex(Files.readAllBytes(file)) : "");
      }
    }
    return content;
  }
}
