package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.core.fuzz.Mutants;
import io.sparkae.data.FilesInMemory;
import io.sparkae.data.IdxFiles;
import io.sparkae.data.LocalSpark;
import io.sparkae.ml.Autoencoder;
import io.sparkae.spark.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Changed files through commands and Spark: a table of numbers, or one line that names the file.
 */
class DamagedFilesTest {
  private static final int MUTANTS = 8;

  @TempDir private Path folder;

  /** A file of each format, and how it is ingested. */
  enum Kind {
    CSV("csv", "t.csv", "--label", "kind") {
      @Override
      byte[] file() {
        return bytes("a,b,kind\n1,2.5,x\n-3,4e2,\"y, z\"\n0,0,x\n7,8,\"w\"\n");
      }
    },
    CSV_GZIP("csv", "t.csv.gz") {
      @Override
      byte[] file() throws IOException {
        return IdxFiles.gzip(bytes("a,b\n1,2.5\n-3,4e2\n0,0\n".repeat(20)));
      }
    },
    LIBSVM("libsvm", "t.svm") {
      @Override
      byte[] file() {
        return bytes("1 1:0.5 3:-2 7:1e3\n-1 5:1 2:4.25 9:0 # a comment\n0\n");
      }
    },
    LIBSVM_GZIP("libsvm", "t.svm.gz") {
      @Override
      byte[] file() throws IOException {
        return IdxFiles.gzip(bytes("1 1:0.5 3:-2 7:1e3\n-1 5:1 2:4.25 9:0\n".repeat(20)));
      }
    },
    AMAT("amat", "t.amat") {
      @Override
      byte[] file() {
        return bytes("0 1 2 3\n4 5 6 7\n.5 1e-3 -8 9\n");
      }
    },
    SERIES_ZIP("series", "t.zip") {
      @Override
      byte[] file() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
          out.putNextEntry(new ZipEntry("t.txt"));
          out.write(bytes("0 1 2 3\n4 5 6 7\n".repeat(30)));
        }
        return bytes.toByteArray();
      }
    },
    IDX("idx", "t.idx") {
      @Override
      byte[] file() {
        return IdxFiles.idx(8, new int[] {6, 2, 2}, new byte[24]);
      }
    },
    IDX_GZIP("idx", "t.idx.gz") {
      @Override
      byte[] file() throws IOException {
        return IdxFiles.gzip(IdxFiles.labels(500));
      }
    },
    IMAGES("images", "t/a.png") {
      @Override
      byte[] file() {
        return FilesInMemory.png(5, 4, (x, y) -> 50 * x + y);
      }
    },
    PARQUET("parquet", "t.parquet", "--features", "features") {
      @Override
      byte[] file() throws IOException {
        Path made = Files.createTempDirectory("fuzzed");
        try {
          Tables.vectors(Tables.lowRank(4, 50, 5), 1)
              .write()
              .mode("overwrite")
              .parquet(made.toString());
          try (Stream<Path> files = Files.list(made)) {
            Path part =
                files.filter(file -> file.toString().endsWith(".parquet")).findFirst().get();
            return Files.readAllBytes(part);
          }
        } finally {
          FileUtils.deleteDirectory(made.toFile());
        }
      }
    };

    private final String format;
    private final String name;
    private final List<String> options;

    Kind(String format, String name, String... options) {
      this.format = format;
      this.name = name;
      this.options = List.of(options);
    }

    abstract byte[] file() throws IOException;

    /** One of which a refusal says. */
    private String[] tells() {
      String file = name.substring(name.lastIndexOf('/') + 1);
      return this == PARQUET // whose column may be of another type by then
          ? new String[] {file, "the features column features must be"}
          : new String[] {file};
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @BeforeAll
  static void session() {
    LocalSpark.session();
  }

  /** One line that names the file, or what of Parquet's columns does not do, in words. */
  private static void assertRefused(Run run, String command, String as, String... tells) {
    assertThat(run.code()).as(as).isBetween(1, 2);
    assertThat(run.err().lines().filter(line -> line.startsWith("sparkae " + command + ": ")))
        .as(as + "\n" + run.err())
        .singleElement()
        .asString()
        .containsAnyOf(tells)
        .doesNotContain("Exception", "SQLSTATE", "Error)", "could not be written")
        .hasSizeLessThan(1200);
  }

  private static List<byte[]> mutants(byte[] original, Random random) {
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = original;
      for (int change = 0; change <= i % 3; change++) {
        mutant = Mutants.change(mutant, List.of(original), random);
      }
      all.add(mutant);
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void changedFileBecomesATableOrIsRefused(Kind kind) throws IOException {
    byte[] original = kind.file();
    Random random = Seed.random("changed file of " + kind);
    int number = 0;
    for (byte[] mutant : mutants(original, random)) {
      String output = folder.resolve("out-" + number++).toString();
      Path file = folder.resolve(kind.name);
      Files.createDirectories(file.getParent());
      Files.write(file, mutant);
      if (kind == Kind.IMAGES) {
        Files.write(file.resolveSibling("b.png"), original);
      }
      Path input = kind == Kind.IMAGES ? file.getParent() : file;
      List<String> args = new ArrayList<>(List.of("ingest", "--format", kind.format));
      args.addAll(List.of("--input", input.toString(), "--output", output));
      args.addAll(kind.options);
      Run run = Run.of(args.toArray(String[]::new));
      String as = "mutant " + number + ": " + new String(mutant, StandardCharsets.ISO_8859_1);
      if (run.code() == 0) {
        List<Row> rows = LocalSpark.session().read().parquet(output).collectAsList();
        int width = rows.get(0).<Vector>getAs("features").size();
        for (Row row : rows) {
          Vector features = row.getAs("features");
          assertThat(features.size()).as(as).isEqualTo(width);
          assertThat(Arrays.stream(features.toArray()).allMatch(Double::isFinite)).as(as).isTrue();
        }
      } else {
        assertRefused(run, "ingest", as, kind.tells());
        assertThat(Path.of(output)).as(as).doesNotExist();
      }
    }
  }

  @Test
  void lineWithoutEndIsRefusedWithItsPlace() throws IOException {
    byte[] endless = new byte[(1 << 26) + 100];
    Arrays.fill(endless, (byte) '1');
    System.arraycopy(bytes("1 1:1\n"), 0, endless, 0, 6);
    Path file = folder.resolve("bomb.svm.gz");
    Files.write(file, IdxFiles.gzip(endless));
    assertThat(file.toFile().length()).isLessThan(1 << 17);
    String output = folder.resolve("no").toString();
    Run run =
        Run.of("ingest", "--format", "libsvm", "--input", file.toString(), "--output", output);
    assertRefused(run, "ingest", "bomb", "bomb.svm.gz has, from byte 6 on, a line of more than");
  }

  private String savedTable() {
    String table = folder.resolve("table").toString();
    Tables.vectors(Tables.lowRank(4, 50, 5), 1).write().parquet(table);
    return table;
  }

  private Path savedModel(String table) throws IOException {
    Path saved = folder.resolve("saved");
    new Autoencoder()
        .setCodeSize(2)
        .setEpochs(1)
        .fit(LocalSpark.session().read().parquet(table))
        .write()
        .save(saved.toString());
    return saved;
  }

  @Test
  void changedModelIsTheSameOrIsRefused() throws IOException {
    String table = savedTable();
    Path saved = savedModel(table);
    Run whole = evaluated(saved, table);
    assertThat(whole.code()).as(whole.err()).isZero();
    Random random = Seed.random("changed model");
    for (String part : List.of("metadata", "weights")) {
      removeSums(saved.resolve(part));
      Path file = part(saved.resolve(part));
      byte[] original = Files.readAllBytes(file);
      for (byte[] mutant : mutants(original, random)) {
        Files.write(file, mutant);
        Run run = evaluated(saved, table);
        if (run.code() == 0) {
          assertThat(run.out()).isEqualTo(whole.out());
        } else {
          assertRefused(
              run, "evaluate", new String(mutant, StandardCharsets.ISO_8859_1), saved.toString());
        }
      }
      Files.write(file, original);
    }
  }

  @Test
  void modelThatDoesNotFitTheChecksumFilesBesideItIsRefused() throws IOException {
    String table = savedTable();
    Path saved = savedModel(table);
    for (String inside : List.of("metadata", "weights")) {
      Path file = part(saved.resolve(inside));
      byte[] original = Files.readAllBytes(file);
      byte[] changed = original.clone();
      changed[changed.length / 2] ^= 1;
      Files.write(file, changed);
      Run run = evaluated(saved, table);
      assertThat(run.code()).isNotZero();
      assertThat(run.err().lines().filter(line -> line.startsWith("sparkae evaluate: ")))
          .singleElement()
          .asString()
          .contains(saved.toString(), "checksum in the .crc file beside it does not fit");
      Files.write(file, original);
    }
  }

  private static Run evaluated(Path model, String table) {
    return Run.of("evaluate", "--model", model.toString(), "--input", table, "--json");
  }

  /** Removes the checksums of the file system. */
  private static void removeSums(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().endsWith(".crc")) {
          Files.delete(file);
        }
      }
    }
  }

  /** The one file with something in it. */
  private static Path part(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .filter(file -> file.toFile().length() > 0)
          .findFirst()
          .orElseThrow();
    }
  }
}
