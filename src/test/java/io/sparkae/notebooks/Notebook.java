package io.sparkae.notebooks;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** A Jupyter notebook (nbformat 4): JSON whose code cells have a source and outputs. */
final class Notebook {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode root;

  private Notebook(ObjectNode root) {
    this.root = root;
  }

  static Notebook read(Path file) throws IOException {
    return new Notebook((ObjectNode) JSON.readTree(Files.readAllBytes(file)));
  }

  /** Writes the notebook as Jupyter does, indented by one. */
  void write(Path file) throws IOException {
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
    printer.indentArraysWith(indenter);
    printer.indentObjectsWith(indenter);
    Files.writeString(file, JSON.writer(printer).writeValueAsString(root) + "\n");
  }

  String kernel() {
    return root.at("/metadata/kernelspec/name").asText();
  }

  /** The code cells from top to bottom. */
  List<Cell> codeCells() {
    List<Cell> cells = new ArrayList<>();
    for (JsonNode cell : root.get("cells")) {
      if (cell.get("cell_type").asText().equals("code")) {
        cells.add(new Cell((ObjectNode) cell));
      }
    }
    return cells;
  }

  /** A checksum of what the code cells say. */
  String sourceChecksum() {
    CRC32 crc = new CRC32();
    codeCells().forEach(cell -> crc.update(cell.source().getBytes(StandardCharsets.UTF_8)));
    return Long.toHexString(crc.getValue());
  }

  /** The checksum of the sources whose outputs are saved. */
  String savedChecksum() {
    return root.at("/metadata/sparkae/sources").asText();
  }

  /** Writes down that the outputs are those of the sources. */
  void outputsAreCurrent() {
    ObjectNode metadata = (ObjectNode) root.get("metadata");
    metadata.putObject("sparkae").put("sources", sourceChecksum());
  }

  /** A code cell. */
  record Cell(ObjectNode node) {
    String source() {
      StringBuilder source = new StringBuilder();
      node.get("source").forEach(line -> source.append(line.asText()));
      return source.toString();
    }

    ArrayNode outputs() {
      return (ArrayNode) node.get("outputs");
    }

    /** Replaces the outputs by those of the cell's run as the {@code count}th. */
    void setOutputs(int count, List<ObjectNode> outputs) {
      node.put("execution_count", count);
      node.putArray("outputs").addAll(outputs);
    }
  }
}
