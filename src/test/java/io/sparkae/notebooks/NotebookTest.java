package io.sparkae.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkae.data.LocalSpark;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotebookTest {
  private static final Path QUICKSTART = Path.of("notebooks/quickstart.ipynb");

  @Test
  void everyCellRunsAndGivesTheKindsOfOutputThatAreSaved() throws IOException {
    LocalSpark.session(); // which the notebook joins
    Notebook notebook = Notebook.read(QUICKSTART);
    assertThat(notebook.kernel()).isEqualTo("java");
    int pictures = 0;
    try (CellRunner runner = new CellRunner()) {
      for (Notebook.Cell cell : notebook.codeCells()) {
        List<String> kinds = kinds(runner.run(cell.source()));
        assertThat(kinds).as(cell.source()).isEqualTo(kinds(cell.outputs()));
        pictures += (int) kinds.stream().filter(kind -> kind.startsWith("picture")).count();
      }
    }
    assertThat(pictures).isEqualTo(6);
  }

  @Test
  void theSavedOutputsAreThoseOfTheSavedCells() throws IOException {
    Notebook notebook = Notebook.read(QUICKSTART);
    assertThat(notebook.savedChecksum())
        .as("./mvnw -Pnotebook test-compile exec:exec runs the cells and saves what they give")
        .isEqualTo(notebook.sourceChecksum());
  }

  /** Kind of each output: text, or the size of a picture. */
  private static List<String> kinds(Iterable<? extends JsonNode> outputs) throws IOException {
    List<String> kinds = new ArrayList<>();
    for (JsonNode output : outputs) {
      JsonNode png = output.at("/data/image~1png");
      if (png.isMissingNode()) {
        kinds.add(output.get("name").asText());
      } else {
        BufferedImage image =
            ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png.asText())));
        kinds.add("picture " + image.getWidth() + " x " + image.getHeight());
      }
    }
    return kinds;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int x = 1; x.y(); | does not compile: int cannot be dereferenced",
        "void f() { g(); } | does not compile: method g()",
        "int x = 1 / 0; | java.lang.ArithmeticException: / by zero",
        "for (int i = 0; i < 3; i++) { | does not end",
      })
  void aCellThatDoesNotRunFails(String source, String message) {
    try (CellRunner runner = new CellRunner()) {
      assertThatThrownBy(() -> runner.run(source))
          .isInstanceOf(CellRunner.CellFailure.class)
          .hasMessageStartingWith(message);
    }
  }

  @Test
  void outputsAreInTheOrderOfTheCell() {
    try (CellRunner runner = new CellRunner()) {
      runner.run("var image = new java.awt.image.BufferedImage(3, 2, 1);");
      List<ObjectNode> outputs =
          runner.run("System.out.print(\"a\\nb\"); display(image); System.out.println(\"c\");");
      assertThat(outputs)
          .extracting(output -> output.get("output_type").asText())
          .containsExactly("stream", "display_data", "stream");
      assertThat(outputs.get(0).get("text").toString()).isEqualTo("[\"a\\n\",\"b\"]");
      assertThat(outputs.get(1).at("/data/text~1plain").asText()).isEqualTo("picture of 3 x 2");
    }
  }
}
