package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Changes the files of saved stages. */
public final class SavedFiles {
  private SavedFiles() {}

  /** Puts other words into the metadata of a stage, where those before must be. */
  static void editMetadata(Path stage, String from, String to) throws IOException {
    editMetadata(
        stage,
        json -> {
          assertThat(json).contains(from);
          return json.replace(from, to);
        });
  }

  /** As metadata were before they had a checksum. */
  static String withoutChecksum(String json) {
    String checksum = ",\"metadataChecksum\":\"\\w+\"";
    assertThat(json).containsPattern(checksum);
    return json.replaceFirst(checksum, "");
  }

  /** Puts other metadata into the folder of a stage. */
  public static void editMetadata(Path stage, UnaryOperator<String> edit) throws IOException {
    try (Stream<Path> files = Files.list(stage.resolve("metadata"))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".crc")) {
          Files.delete(file); // else the file system would notice
        } else if (name.startsWith("part-") && Files.size(file) > 0) {
          Files.writeString(file, edit.apply(Files.readString(file)));
        }
      }
    }
  }
}
