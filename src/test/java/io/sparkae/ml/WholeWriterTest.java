package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeWriterTest {
  @TempDir private Path folder;

  private Path stage;

  @BeforeEach
  void name() {
    LocalSpark.session();
    stage = folder.resolve("stage");
  }

  /** Writes a file, and while it does somebody else another under the name of the stage. */
  private WholeWriter overtaken() {
    return new WholeWriter("a test") {
      @Override
      void write(String path) {
        try {
          Files.writeString(Files.createDirectories(Path.of(plain(path))).resolve("mine"), "x");
          Files.writeString(Files.createDirectories(stage).resolve("others"), "y");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static String plain(String path) {
    return path.replaceFirst("^file:", "");
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }

  @Test
  void whatOthersSaveMeanwhileIsNotReplacedUnasked() throws IOException {
    assertThatThrownBy(() -> overtaken().save(stage.toString()))
        .hasMessageContaining("already exists");
    assertThat(names(folder)).containsExactly("stage");
    assertThat(names(stage)).containsExactly("others");
  }

  @Test
  void itIsIfAsked() throws IOException {
    overtaken().overwrite().save(stage.toString());
    assertThat(names(folder)).containsExactly("stage");
    assertThat(names(stage)).containsExactly("mine");
  }
}
