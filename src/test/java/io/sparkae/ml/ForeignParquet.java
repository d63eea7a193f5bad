package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes Parquet files name {@link TypeOfOthersInAParquet} where they named vectors. */
public final class ForeignParquet {
  private static final String VECTORS = "org.apache.spark.ml.linalg.VectorUDT";

  private ForeignParquet() {}

  /** The Parquet files of a folder, by their names. */
  public static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  /** Names the class in all files of a folder. */
  public static void plantAll(Path folder) throws IOException {
    assertThat(files(folder)).isNotEmpty();
    for (Path file : files(folder)) {
      plant(file);
    }
  }

  /** Names the class in a file. */
  public static void plant(Path file) throws IOException {
    assertThat(TypeOfOthersInAParquet.NAME).hasSameSizeAs(VECTORS);
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains(VECTORS);
    Files.writeString(
        file, bytes.replace(VECTORS, TypeOfOthersInAParquet.NAME), StandardCharsets.ISO_8859_1);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }
}
