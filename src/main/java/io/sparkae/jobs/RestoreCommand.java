package io.sparkae.jobs;

import io.sparkae.core.objective.SearchSettings;
import io.sparkae.data.FeatureProvenance.ImageShape;
import io.sparkae.ml.CodeModel;
import io.sparkae.ml.Restorer;
import io.sparkae.ml.RestorerParams;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Completes rows that miss features, and cleans rows that miss none. */
final class RestoreCommand implements Command {
  private static final SearchSettings DEFAULT = SearchSettings.DEFAULT;

  private static final Option<String> INPUT =
      Common.input("table of the rows to restore (Parquet); NaN marks what is missing");
  private static final Option<String> OUTPUT =
      Common.output(
          "folder of the table (rows: the input's columns and the new ones), the picture ("
              + RestoredPicture.NAME
              + ") and the report ("
              + RestorationReport.NAME
              + ")");
  private static final Option<String> LIKE =
      Option.text(
          "like",
          "PATH",
          "table of rows as they should be, such as that of the training, which tells means of"
              + " features and what codes are like; default the input, or what the model draws if no"
              + " row of the input knows some feature");
  private static final Option<int[]> DISTRUSTED =
      Option.of(
          "distrusted",
          "3,7-9,..",
          "features, from 0, that count as missing in all rows",
          "numbers of features and ranges of them with commas between, such as 3,7-9",
          FeatureRanges::parse);
  private static final Option<Integer> STARTS =
      Option.smallNumber("starts", 1, "searches for each row that misses something")
          .withDefault("" + DEFAULT.starts());
  private static final Option<Integer> STEPS =
      Option.smallNumber("steps", 0, "gradient steps of each search")
          .withDefault("" + DEFAULT.steps());
  private static final Option<Boolean> CLEAN =
      Option.of(
          "clean",
          "true|false",
          "whether rows that miss nothing are encoded and decoded, too; default: if the model was"
              + " trained on corrupted rows",
          "true or false",
          Option::readBoolean);
  private static final Option<Integer> CLEANING_STEPS =
      Option.smallNumber(
              "cleaning-steps",
              0,
              "gradient steps from the encoder's code of a row that is cleaned; 0 to encode and"
                  + " decode it")
          .withDefault("0");
  private static final Option<Double> STEP_SIZE =
      Option.number(
              "step-size", 0, "length of the first steps, in standard deviations of the codes")
          .withDefault("" + DEFAULT.stepSize());
  private static final Option<Double> PRIOR_WEIGHT =
      Option.number("prior-weight", 0, "weight of the pull of codes towards where codes are")
          .withDefault("" + DEFAULT.priorWeight());
  private static final Option<String> ESTIMATE =
      Option.choice(
              "estimate",
              List.of(RestorerParams.MEAN, RestorerParams.NEAREST),
              "the mean of the rows that are found, by their weights, or the most probable one")
          .withDefault(RestorerParams.MEAN);
  private static final Option<String> HANDLE_INVALID =
      Common.handleInvalid("what becomes of rows with null or infinite values");
  private static final Option<Long> SEED =
      Option.anyNumber("seed", "seed of the starts").withDefault("1");
  private static final Option<String> OUTPUT_COL =
      Option.text("output-col", "COLUMN", "column of the restored rows").withDefault("restored");
  private static final Option<String> CODE_COL =
      Option.text(
          "code-col",
          "COLUMN",
          "column of the most probable codes that were found; none unless named");
  private static final Option<String> ERROR_COL =
      Option.text(
          "error-col",
          "COLUMN",
          "column of the squared errors (sum over the known features of a row); none unless named");
  private static final Option<String> CONFIDENCE_COL =
      Option.text(
          "confidence-col",
          "COLUMN",
          "column of the part of the restored features' variance that is explained; none unless"
              + " named");
  private static final Option<String> TRUTH_COL =
      Option.text(
          "truth-col", "COLUMN", "column of the rows as they were, to measure by what came out");

  private static final List<String> FILES = List.of(RestoredPicture.NAME, RestorationReport.NAME);

  /** Columns to measure by that are not written. */
  static final String HIDDEN = "sparkae_";

  private static final String ERROR = HIDDEN + "error";
  private static final String CONFIDENCE = HIDDEN + "confidence";

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public String summary() {
    return "completes rows that miss features, and cleans noisy ones, by a saved model's decoder";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        Common.SAVED_MODEL,
        INPUT,
        OUTPUT,
        LIKE,
        DISTRUSTED,
        STARTS,
        STEPS,
        CLEAN,
        CLEANING_STEPS,
        STEP_SIZE,
        PRIOR_WEIGHT,
        ESTIMATE,
        SEED,
        Common.FEATURES_COL,
        Common.INPUT_COLS,
        OUTPUT_COL,
        CODE_COL,
        ERROR_COL,
        CONFIDENCE_COL,
        TRUTH_COL,
        Decoded.IMAGE,
        HANDLE_INVALID,
        Common.OVERWRITE,
        Common.JSON,
        Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    try (Session session = Session.open(this, arguments)) {
      Inputs inputs = new Inputs(session.spark());
      Outputs outputs = new Outputs(session.spark());
      requireOutput(outputs, arguments);
      String saved = arguments.get(Common.SAVED_MODEL);
      Model<?> loaded = Models.load(session.spark(), inputs, saved);
      CodeModel model = DecodingCommand.coding(loaded, saved);
      Dataset<Row> table = inputs.table(INPUT.name(), arguments.get(INPUT));
      Common.setFeatures(loaded, arguments, table.schema());
      Common.setHandleInvalid(loaded, arguments);
      if (arguments.given(TRUTH_COL)) {
        Inputs.requireVectors(TRUTH_COL.name(), table.schema(), arguments.get(TRUTH_COL));
      }
      Optional<ImageShape> shape =
          Decoded.of(model, arguments, new NumberedRows(table, loaded).imageShape()).shape();
      try {
        Restorer restorer = like(model, loaded, inputs, table, arguments);
        Dataset<Row> restored = restored(restorer, table, arguments);
        write(restored, restorer, loaded, shape, outputs, arguments, console);
      } catch (Exception e) {
        throw Common.inOptionWords(e);
      }
    }
  }

  private static void requireOutput(Outputs outputs, Arguments arguments) throws IOException {
    String path = arguments.get(OUTPUT);
    outputs.requireWithFiles(OUTPUT.name(), path, FILES, arguments.get(Common.OVERWRITE));
    for (Option<String> read : List.of(INPUT, LIKE, Common.SAVED_MODEL)) {
      if (arguments.given(read)) {
        outputs.requireApart(OUTPUT.name(), path, read.name(), arguments.get(read));
      }
    }
  }

  private static Restorer like(
      CodeModel model, Model<?> loaded, Inputs inputs, Dataset<Row> table, Arguments arguments)
      throws IOException {
    Dataset<Row> like = table;
    if (arguments.given(LIKE)) {
      like = inputs.table(LIKE.name(), arguments.get(LIKE));
      for (String column : Models.features(loaded)) {
        Inputs.requireColumn(LIKE.name() + " " + arguments.get(LIKE) + ":", like.schema(), column);
      }
    }
    try {
      return Restorer.like(model, like);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() + (arguments.given(LIKE) ? "" : " by --like"));
    }
  }

  /** The restored rows, which are computed once. */
  private static Dataset<Row> restored(Restorer restorer, Dataset<Row> table, Arguments arguments) {
    try {
      restorer
          .setStarts(arguments.get(STARTS))
          .setSteps(arguments.get(STEPS))
          .setCleaningSteps(arguments.get(CLEANING_STEPS))
          .setStepSize(arguments.get(STEP_SIZE))
          .setPriorWeight(arguments.get(PRIOR_WEIGHT))
          .setEstimate(arguments.get(ESTIMATE))
          .setSeed(arguments.get(SEED))
          .setOutputCol(arguments.get(OUTPUT_COL))
          .setErrorCol(arguments.find(ERROR_COL).orElse(ERROR))
          .setConfidenceCol(arguments.find(CONFIDENCE_COL).orElse(CONFIDENCE));
      arguments.find(CLEAN).ifPresent(restorer::setClean);
      arguments.find(DISTRUSTED).ifPresent(restorer::setDistrusted);
      arguments.find(CODE_COL).ifPresent(restorer::setCodeCol);
      return restorer.transform(table).persist(StorageLevel.MEMORY_AND_DISK());
    } catch (IllegalArgumentException e) {
      throw new UsageException(new ParamOptions(restorer, Set.of()).inOptionWords(e.getMessage()));
    }
  }

  private static void write(
      Dataset<Row> restored,
      Restorer restorer,
      Model<?> loaded,
      Optional<ImageShape> shape,
      Outputs outputs,
      Arguments arguments,
      Console console)
      throws IOException {
    RestoredColumns columns =
        new RestoredColumns(EncodedRows.features(loaded), restorer, arguments.find(TRUTH_COL));
    RestorationFigures figures = RestorationFigures.of(columns.of(restored), restorer);
    Optional<byte[]> picture = RestoredPicture.of(columns.of(restored), restorer, shape);
    String path = arguments.get(OUTPUT);
    Dataset<Row> rows = restored.drop(ERROR, CONFIDENCE);
    Map<String, byte[]> files = new LinkedHashMap<>();
    picture.ifPresent(png -> files.put(RestoredPicture.NAME, png));
    List<String> names =
        FeatureNames.of(restored.schema(), Models.features(loaded), restorer.featureMeans().length);
    files.put(
        RestorationReport.NAME,
        new RestorationReport(restorer, figures, columns.of(restored), names, shape)
            .html(path, arguments.get(Common.SAVED_MODEL)));
    outputs.writeWithFiles(rows, path, files, arguments.get(Common.OVERWRITE));
    restored.unpersist();
    if (arguments.get(Common.JSON)) {
      console.json(figures.json());
      return;
    }
    console.result(
        "%s/%s: %d rows of %s",
        path, Outputs.ROWS, figures.rows(), String.join(", ", rows.schema().fieldNames()));
    boolean leavesSome = !restorer.getClean() && figures.whole() > 0;
    if (leavesSome) {
      console.result(
          "%d of %d rows miss nothing and stay as they are: --clean true encodes and decodes them",
          figures.whole(), figures.rows());
    }
    if (!leavesSome || figures.whole() < figures.rows()) {
      figures.lines().forEach(line -> console.result("%s", line));
    }
    if (picture.isPresent()) {
      console.result("%s/%s shows the first of them", path, RestoredPicture.NAME);
    }
    console.result("%s/%s: what came out", path, RestorationReport.NAME);
  }
}
