package io.sparkae.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** How far a training has come that another process does. */
final class Newest {
  private Newest() {}

  /** The number of the newest checkpoint in a folder, 0 if there is none. */
  static int checkpoint(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return of(files.map(file -> file.getFileName().toString()));
    } catch (IOException notYet) {
      return 0;
    }
  }

  /** The same for the names of a folder's files. */
  static int of(Stream<String> names) {
    return names
        .filter(name -> name.startsWith("checkpoint-"))
        .map(name -> Integer.valueOf(name.replaceFirst("checkpoint-0*", "")))
        .max(Comparator.naturalOrder())
        .orElse(0);
  }
}
