package io.sparkae.jobs;

import io.sparkae.data.GeneratedSet;
import io.sparkae.data.GeneratedSets;
import io.sparkae.data.GeneratedSource;
import io.sparkae.report.Pictures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws rows of a generated set into a Parquet table, and the first of them as a picture. */
final class GenerateCommand implements Command {
  private static final int PREVIEW_COLUMNS = 20;
  private static final int PREVIEW_ROWS = 10;
  private static final int PREVIEW_SCALE = 2;

  private static final Option<String> SET =
      Option.choice(
              "set",
              GeneratedSets.names(),
              "what is drawn, 28 x 28 pixels from 0 to 1: rectangles (outlines, label 1 if taller"
                  + " than wide), convex (white regions, label 1 if convex) or digits (0 to 9, as"
                  + " if written by hand)")
          .asRequired();
  private static final Option<Long> ROWS =
      Option.wholeNumber("rows", 1, "rows to draw").withDefault("10000");
  private static final Option<Long> FIRST_ROW =
      Option.wholeNumber(
              "first-row", 0, "index of the first row; other rows of a seed, other pictures")
          .withDefault("0");
  private static final Option<Long> SEED =
      Option.anyNumber("seed", "seed of the set").withDefault("1");
  private static final Option<String> OUTPUT =
      Common.output("folder of the Parquet table: columns features and label");
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
    return "draws rectangles, convex regions or handwritten digits into a table of features";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        SET, ROWS, FIRST_ROW, SEED, OUTPUT, PARTITIONS, PREVIEW, Common.OVERWRITE, Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    String output = arguments.get(OUTPUT);
    boolean overwrite = arguments.get(Common.OVERWRITE);
    String preview = arguments.find(PREVIEW).orElse("");
    if (arguments.given(PREVIEW) && !preview.toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new UsageException("--preview must be a file that ends in .png, not " + preview);
    }
    try (Session session = Session.open(this, arguments)) {
      Outputs outputs = new Outputs(session.spark());
      outputs.requireOutput(OUTPUT.name(), output, overwrite);
      if (arguments.given(PREVIEW)) {
        outputs.requireFile(PREVIEW.name(), preview, overwrite, ".png");
        outputs.requireApart(PREVIEW.name(), preview, OUTPUT.name(), output);
      }
      outputs.write(
          GeneratedSource.read(
              session.spark(),
              arguments.get(SET),
              arguments.get(SEED),
              arguments.get(FIRST_ROW),
              arguments.get(ROWS),
              arguments.get(PARTITIONS)),
          output,
          overwrite);
      if (arguments.given(PREVIEW)) {
        outputs.writeFile(preview, preview(arguments), overwrite);
      }
    }
    console.result("%s: %d rows of %s", output, arguments.get(ROWS), arguments.get(SET));
    if (arguments.given(PREVIEW)) {
      console.result("%s: the first of them", preview);
    }
  }

  /** The first rows as PNG, drawn once more. */
  private static byte[] preview(Arguments arguments) {
    GeneratedSet set = GeneratedSets.of(arguments.get(SET), arguments.get(SEED));
    long rows = Math.min(arguments.get(ROWS), PREVIEW_COLUMNS * PREVIEW_ROWS);
    double[] pixels =
        new double[set.image().height() * set.image().width() * set.image().channels()];
    List<float[]> images = new ArrayList<>();
    for (long row = 0; row < rows; row++) {
      set.draw(arguments.get(FIRST_ROW) + row, pixels);
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
