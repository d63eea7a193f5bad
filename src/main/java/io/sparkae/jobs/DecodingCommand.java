package io.sparkae.jobs;

import io.sparkae.core.Check;
import io.sparkae.data.FeatureProvenance.ImageShape;
import io.sparkae.ml.CodeModel;
import io.sparkae.ml.DecodingModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A command that makes codes, and writes the rows that a saved model's decoder makes of them. */
abstract class DecodingCommand implements Command {
  private final Option<String> input;
  private final Option<String> output;
  private final String picture;

  /**
   * @param input table of rows that the codes have to do with
   * @param picture name of the picture, without its ending
   */
  DecodingCommand(Option<String> input, String picture) {
    this.input = input;
    this.picture = picture;
    this.output = Common.output("folder of the table (rows) and the picture (" + picture + ".png)");
  }

  /**
   * What codes are made of.
   *
   * @param loaded the saved model
   * @param model the same, which has a decoder
   * @param rows of the table; empty if none was named
   */
  record Given(
      SparkSession spark,
      Model<?> loaded,
      DecodingModel model,
      Optional<NumberedRows> rows,
      Arguments arguments) {
    /**
     * The model, which has an encoder, too.
     *
     * @throws UsageException if it has none
     */
    CodeModel coding() {
      return DecodingCommand.coding(loaded, arguments.get(Common.SAVED_MODEL));
    }
  }

  /**
   * Codes in the order of the picture.
   *
   * @param table has them in the column {@value Decoded#CODE}
   * @param columns pictures side by side
   */
  record Codes(Dataset<Row> table, int columns) {}

  /**
   * The model with an encoder and a decoder that an option names.
   *
   * @throws UsageException if it has not both
   */
  static CodeModel coding(Model<?> loaded, String path) {
    if (Decoded.model(loaded, path) instanceof CodeModel coding) {
      return coding;
    }
    throw new UsageException(
        "--model "
            + path
            + " is "
            + Check.withArticle(loaded.getClass().getSimpleName())
            + ", which has no encoder");
  }

  /** Options beside those that all these commands have. */
  abstract List<Option<?>> ownOptions();

  /**
   * Makes the codes.
   *
   * @throws UsageException if the options do not suit the model or the table
   */
  abstract Codes codes(Given given);

  @Override
  public final List<Option<?>> options(List<String> args) {
    List<Option<?>> options = new ArrayList<>(List.of(Common.SAVED_MODEL, input, output));
    options.addAll(ownOptions());
    options.addAll(
        List.of(
            Common.FEATURES_COL,
            Common.INPUT_COLS,
            Decoded.IMAGE,
            Common.OVERWRITE,
            Common.MASTER));
    return options;
  }

  @Override
  public final void run(Arguments arguments, Console console) throws IOException {
    try (Session session = Session.open(this, arguments)) {
      Inputs inputs = new Inputs(session.spark());
      Outputs outputs = new Outputs(session.spark());
      String path = arguments.get(output);
      outputs.requireWithFiles(
          output.name(), path, List.of(picture + ".png"), arguments.get(Common.OVERWRITE));
      String saved = arguments.get(Common.SAVED_MODEL);
      outputs.requireApart(output.name(), path, Common.SAVED_MODEL.name(), saved);
      Model<?> loaded = Models.load(session.spark(), inputs, saved);
      DecodingModel model = Decoded.model(loaded, saved);
      Optional<NumberedRows> rows = rows(inputs, outputs, loaded, arguments);
      Optional<ImageShape> shape = rows.flatMap(NumberedRows::imageShape);
      Decoded decoded = Decoded.of(model, arguments, shape);
      Codes codes = codes(new Given(session.spark(), loaded, model, rows, arguments));
      decoded.write(codes, outputs, arguments, output, picture, console);
    }
  }

  private Optional<NumberedRows> rows(
      Inputs inputs, Outputs outputs, Model<?> model, Arguments arguments) throws IOException {
    Optional<String> path = arguments.find(input);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    outputs.requireApart(output.name(), arguments.get(output), input.name(), path.get());
    Dataset<Row> table = inputs.table(input.name(), path.get());
    Common.setFeatures(model, arguments, table.schema());
    return Optional.of(new NumberedRows(table, model));
  }
}
