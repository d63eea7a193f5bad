package io.sparkae.jobs;

import io.sparkae.core.Check;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.data.FeatureProvenance.ImageShape;
import io.sparkae.ml.DecodingModel;
import io.sparkae.report.Pictures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that a model's decoder makes, as a table of codes and features and, where rows are pictures,
 * as one picture of them.
 *
 * @param model has the decoder
 * @param shape of the pictures; empty for rows that are none
 */
record Decoded(DecodingModel model, Optional<ImageShape> shape) {
  static final String CODE = "code";
  static final Option<String> IMAGE =
      Option.text(
          "image",
          "HxW",
          "rows are pictures of that height and width (HxWxC with C channels); default a square if"
              + " the width of the rows is one");

  private static final Pattern SHAPE =
      Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})(?:x([13]))?");
  private static final int MOST_PICTURES = 400;

  /** Pixels of a picture for each of a row, along each side. */
  static final int SCALE = 2;

  /**
   * The model with a decoder that an option names.
   *
   * @throws UsageException if it has none
   */
  static DecodingModel model(Model<?> model, String path) {
    if (model instanceof DecodingModel decoding) {
      return decoding;
    }
    throw new UsageException(
        "--model "
            + path
            + " is "
            + Check.withArticle(model.getClass().getSimpleName())
            + ", which has no decoder");
  }

  /**
   * What rows look like: as an option says, as the table's metadata says, or a square.
   *
   * @param known from the metadata
   * @throws UsageException if the option is no shape of rows of that width
   */
  static Decoded of(DecodingModel model, Arguments arguments, Optional<ImageShape> known) {
    return new Decoded(model, shape(model.numFeatures(), arguments, known));
  }

  /**
   * The same for rows of any width.
   *
   * @param width features of a row
   */
  static Optional<ImageShape> shape(int width, Arguments arguments, Optional<ImageShape> known) {
    Optional<String> named = arguments.find(IMAGE);
    if (named.isPresent()) {
      ImageShape shape = parse(named.get());
      if (shape.height() * shape.width() * shape.channels() != width) {
        throw new UsageException(
            "--image " + named.get() + " does not fit: rows have " + width + " features");
      }
      return Optional.of(shape);
    }
    int side = (int) Math.round(Math.sqrt(width));
    Optional<ImageShape> square =
        side * side == width && side > 3
            ? Optional.of(new ImageShape(side, side, 1))
            : Optional.empty();
    return known.or(() -> square);
  }

  private static ImageShape parse(String text) {
    Matcher matcher = SHAPE.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new UsageException("--image must be like 28x28 or 32x32x3, not " + text);
    }
    int channels = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
    return new ImageShape(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), channels);
  }

  /**
   * Decodes and writes codes.
   *
   * @param name of the picture, without its ending
   */
  void write(
      DecodingCommand.Codes codes,
      Outputs outputs,
      Arguments arguments,
      Option<String> output,
      String name,
      Console console)
      throws IOException {
    Dataset<Row> rows = model.decode(codes.table(), CODE, ColumnSpec.FEATURES);
    Optional<byte[]> png = Optional.empty();
    if (shape.isPresent()) {
      List<float[]> images = new ArrayList<>();
      for (Row row : rows.select(ColumnSpec.FEATURES).takeAsList(MOST_PICTURES)) {
        images.add(image(EncodedRows.features(row, 0)));
      }
      png = Optional.of(Pictures.png(Pictures.grid(images, shape.get(), codes.columns(), SCALE)));
    }
    String path = arguments.get(output);
    Map<String, byte[]> files = png.map(p -> Map.of(name + ".png", p)).orElse(Map.of());
    outputs.writeWithFiles(rows, path, files, arguments.get(Common.OVERWRITE));
    console.result(
        "%s/%s: %d rows of %s",
        path, Outputs.ROWS, codes.table().count(), String.join(", ", rows.schema().fieldNames()));
    if (png.isPresent()) {
      boolean all = codes.table().count() <= MOST_PICTURES;
      console.result("%s/%s.png shows %s", path, name, all ? "them" : "the first " + MOST_PICTURES);
    }
  }

  /** Features as levels from 0 to 1. */
  static float[] image(double[] features) {
    float[] values = new float[features.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.max(0, Math.min(1, features[i]));
    }
    return values;
  }
}
