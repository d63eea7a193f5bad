package io.sparkae.notebooks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkae.report.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What one cell prints and displays, in its order, as a notebook's outputs. */
final class CellOutputs {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private final List<ObjectNode> outputs = new ArrayList<>();

  /** Where the cell's standard output goes. */
  PrintStream stream() {
    return stream;
  }

  /** Takes a picture as a Java kernel shows it: as PNG, and as text where there is no room. */
  synchronized void display(BufferedImage image) {
    flush();
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    output.put("output_type", "display_data");
    output.putObject("metadata");
    ObjectNode data = output.putObject("data");
    data.put("image/png", Base64.getEncoder().encodeToString(Pictures.png(image)));
    data.put("text/plain", "picture of " + image.getWidth() + " x " + image.getHeight());
    outputs.add(output);
  }

  /** All outputs so far. */
  synchronized List<ObjectNode> outputs() {
    flush();
    return List.copyOf(outputs);
  }

  private void flush() {
    String text = printed.toString(StandardCharsets.UTF_8);
    printed.reset();
    if (!text.isEmpty()) {
      ObjectNode output = JsonNodeFactory.instance.objectNode();
      output.put("name", "stdout");
      output.put("output_type", "stream");
      ArrayNode lines = output.putArray("text");
      for (String line : text.split("(?<=\n)")) {
        lines.add(line);
      }
      outputs.add(output);
    }
  }
}
