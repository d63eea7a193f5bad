package io.sparkae.jobs;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.sparkae.core.Check;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.data.FeatureScaler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Measures a saved model on a table. */
final class EvaluateCommand implements Command {
  private static final Option<String> LABEL_COL =
      Option.text(
          "label-col",
          "COLUMN",
          "column of the classes, for a classifier; default the one that the model names");
  private static final Option<Integer> LIKELIHOOD_SAMPLES =
      Option.smallNumber(
              "likelihood-samples",
              1,
              "samples of each row's posterior that log p(x) is estimated by, for a variational"
                  + " autoencoder")
          .withDefault("100");
  private static final Option<Integer> ROWS =
      Option.smallNumber("rows", 1, "measure the first N rows of the table alone");
  private static final Option<String> INPUT = Common.input("table of the rows (Parquet)");

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String summary() {
    return "measures a saved model on a table: error of reconstructions or classes, activation of codes, likelihood";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        Common.SAVED_MODEL,
        INPUT,
        Common.FEATURES_COL,
        Common.INPUT_COLS,
        LABEL_COL,
        LIKELIHOOD_SAMPLES,
        ROWS,
        Common.HANDLE_INVALID,
        Common.JSON,
        Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    try (Session session = Session.open(this, arguments)) {
      Inputs inputs = new Inputs(session.spark());
      Model<?> model = Models.load(session.spark(), inputs, arguments.get(Common.SAVED_MODEL));
      Dataset<Row> table = inputs.table(INPUT.name(), arguments.get(INPUT));
      if (arguments.given(ROWS)) { // which leaves them in one partition
        int tasks = session.spark().sparkContext().defaultParallelism();
        table = table.limit(arguments.get(ROWS)).repartition(tasks);
      }
      List<String> features = Common.setFeatures(model, arguments, table.schema());
      Common.setHandleInvalid(model, arguments);
      Models.clearOutputs(model);
      if (arguments.given(LIKELIHOOD_SAMPLES) && !Models.isVariational(model)) {
        throw new UsageException(
            "--"
                + LIKELIHOOD_SAMPLES.name()
                + " does not apply: "
                + Check.withArticle(model.getClass().getSimpleName())
                + " has no posterior to draw from");
      }
      setLabel(model, arguments, table.schema());
      Optional<double[]> units =
          features.equals(List.of(ColumnSpec.FEATURES)) // what ingest scales
              ? FeatureScaler.originalUnits(session.spark(), arguments.get(INPUT), table.schema())
              : Optional.empty();
      List<Measure> measures = Measure.of(model, arguments.get(LIKELIHOOD_SAMPLES), units);
      Row measured = measure(model, table, measures);
      long rows = measured.getLong(0);
      Common.tellSkipped(table, rows, console);
      if (rows == 0) {
        throw new UsageException("--input " + arguments.get(INPUT) + " has no rows to measure");
      }
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("rows", rows);
      List<String> lines = new ArrayList<>();
      int at = 1;
      for (Measure measure : measures) {
        measure.addFigures(measured, at, figures);
        lines.addAll(measure.lines(measured, at, rows));
        at += measure.aggregates().size();
      }
      if (arguments.get(Common.JSON)) {
        console.json(figures);
      } else {
        lines.forEach(line -> console.result("%s", line));
      }
    }
  }

  /** The column of the classes, for a model that tells classes. */
  private static void setLabel(Model<?> model, Arguments arguments, StructType schema) {
    arguments
        .find(LABEL_COL)
        .ifPresent(column -> Models.set(model, "labelCol", column, LABEL_COL.name()));
    if (Models.classifies(model)) {
      String column = Models.labelCol(model);
      Inputs.requireColumn(LABEL_COL.name(), schema, column);
      String type = schema.apply(column).dataType().catalogString();
      if (!(schema.apply(column).dataType() instanceof NumericType)) {
        throw new UsageException(
            "--" + LABEL_COL.name() + " " + column + " must be of numbers, not " + type);
      }
    }
  }

  /** The number of rows, and the aggregates of all measures in one pass. */
  private static Row measure(Model<?> model, Dataset<Row> table, List<Measure> measures) {
    measures.forEach(measure -> measure.nameColumns(model));
    Column[] aggregates =
        measures.stream().flatMap(measure -> measure.aggregates().stream()).toArray(Column[]::new);
    try {
      return Common.transform(model, table).agg(count(lit(1)), aggregates).first();
    } catch (Exception e) {
      throw Common.inOptionWords(e);
    }
  }
}
