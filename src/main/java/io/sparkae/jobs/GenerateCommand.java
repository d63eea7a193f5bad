package io.sparkae.jobs;

import io.sparkae.data.FileOpener;
import io.sparkae.data.GeneratedSet;
import io.sparkae.data.GeneratedSets;
import io.sparkae.data.GeneratedSource;
import io.sparkae.data.SetFiles;
import io.sparkae.data.SetKind;
import io.sparkae.data.SetSpec;
import io.sparkae.jobs.GenerateTables.Table;
import io.sparkae.report.Pictures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Draws rows of a generated set into Parquet tables, and the first of them as a picture. */
final class GenerateCommand implements Command {
  private static final int PREVIEW_COLUMNS = 20;
  private static final int PREVIEW_ROWS = 10;
  private static final int PREVIEW_SCALE = 2;

  private static final Option<String> SET =
      Option.choice(
              "set",
              GeneratedSets.names(),
              "what is drawn, 28 x 28 pixels from 0 to 1: rect (outlines of rectangles, label 1 if"
                  + " taller than wide), convex (white regions, label 1 if convex), digits (0 to 9, as if"
                  + " written by hand); of MNIST's 70,000 digits in an order of their own: basic (as"
                  + " they are), rot (turned by any angle), bg-rand (on noise), bg-img (on patches of"
                  + " --pictures), rot-bg-img (both); rect-img (rectangles filled with patches, on"
                  + " others)")
          .asRequired();
  private static final Option<Long> SEED =
      Option.anyNumber("seed", "seed of the set").withDefault("1");
  private static final Option<String> OUTPUT =
      Common.output("folder of the Parquet table, or of the three: columns features and label");
  private static final Option<Integer> PARTITIONS =
      Option.smallNumber("partitions", 0, "files to write; 0 for one per core of the cluster")
          .withDefault("0");
  private static final Option<String> PREVIEW =
      Option.text(
          "preview",
          "FILE.png",
          "picture of the first "
              + PREVIEW_COLUMNS * PREVIEW_ROWS
              + " rows, "
              + PREVIEW_COLUMNS
              + " side by side");

  @Override
  public String name() {
    return "generate";
  }

  @Override
  public String summary() {
    return "draws digits, rectangles or convex regions, or varies MNIST, into tables of features";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    List<Option<?>> options = new ArrayList<>(List.of(SET));
    options.addAll(GenerateTables.OPTIONS);
    options.add(SEED);
    options.addAll(GenerateFiles.OPTIONS);
    options.addAll(List.of(OUTPUT, PARTITIONS, PREVIEW, Common.OVERWRITE, Common.MASTER));
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    String preview = arguments.find(PREVIEW).orElse("");
    if (arguments.given(PREVIEW) && !preview.toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new UsageException("--preview must be a file that ends in .png, not " + preview);
    }
    SetKind kind = GeneratedSets.kind(arguments.get(SET));
    List<Table> tables = GenerateTables.of(kind, arguments);
    GenerateFiles.require(kind, arguments);
    try (Session session = Session.open(this, arguments)) {
      Outputs outputs = new Outputs(session.spark());
      requireOutputs(tables, outputs, arguments);
      SetFiles files = GenerateFiles.find(kind, arguments, session.spark(), console);
      SetSpec set = new SetSpec(kind, arguments.get(SEED), files);
      write(set, tables, session.spark(), outputs, arguments);
      if (arguments.given(PREVIEW)) {
        FileOpener opener = GeneratedSource.opener(session.spark());
        outputs.writeFile(
            preview, preview(set, opener, tables.get(0)), arguments.get(Common.OVERWRITE));
      }
    }
    for (Table table : tables) {
      console.result(
          "%s: %d rows of %s", table.path(arguments.get(OUTPUT)), table.rows(), kind.label());
    }
    if (arguments.given(PREVIEW)) {
      console.result("%s: the first of them", preview);
    }
  }

  private static void requireOutputs(List<Table> tables, Outputs outputs, Arguments arguments)
      throws IOException {
    String output = arguments.get(OUTPUT);
    boolean overwrite = arguments.get(Common.OVERWRITE);
    if (tables.size() == 1) {
      outputs.requireOutput(OUTPUT.name(), output, overwrite);
    } else {
      List<String> names = tables.stream().map(Table::name).toList();
      outputs.requireTables(OUTPUT.name(), output, names, overwrite);
    }
    if (arguments.given(PREVIEW)) {
      outputs.requireFile(PREVIEW.name(), arguments.get(PREVIEW), overwrite, ".png");
      outputs.requireApart(PREVIEW.name(), arguments.get(PREVIEW), OUTPUT.name(), output);
    }
    if (arguments.given(GenerateFiles.PICTURES)) {
      Option<String> pictures = GenerateFiles.PICTURES;
      outputs.requireApart(OUTPUT.name(), output, pictures.name(), arguments.get(pictures));
    }
  }

  private static void write(
      SetSpec set, List<Table> tables, SparkSession spark, Outputs outputs, Arguments arguments)
      throws IOException {
    Table last = tables.get(tables.size() - 1);
    try {
      GeneratedSource.requireRows(spark, set, last.firstRow() + last.rows());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() + ": ask for fewer by --rows or --parts");
    }
    Map<String, Dataset<Row>> drawn = new LinkedHashMap<>();
    for (Table table : tables) {
      drawn.put(
          table.name(),
          GeneratedSource.read(
              spark, set, table.firstRow(), table.rows(), arguments.get(PARTITIONS)));
    }
    String output = arguments.get(OUTPUT);
    boolean overwrite = arguments.get(Common.OVERWRITE);
    if (tables.size() == 1) {
      outputs.write(drawn.get(tables.get(0).name()), output, overwrite);
    } else {
      outputs.writeTables(drawn, output, overwrite);
    }
  }

  /** The first rows of a table as PNG, drawn once more. */
  private static byte[] preview(SetSpec spec, FileOpener opener, Table table) throws IOException {
    long end = table.firstRow() + Math.min(table.rows(), PREVIEW_COLUMNS * PREVIEW_ROWS);
    GeneratedSet set = spec.open(opener, table.firstRow(), end);
    double[] pixels =
        new double[set.image().height() * set.image().width() * set.image().channels()];
    List<float[]> images = new ArrayList<>();
    for (long row = table.firstRow(); row < end; row++) {
      set.draw(row, pixels);
      images.add(floats(pixels));
    }
    return Pictures.png(Pictures.grid(images, set.image(), PREVIEW_COLUMNS, PREVIEW_SCALE));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
