package io.sparkae.jobs;

import io.sparkae.spark.InputColumn;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/** Trains a classifier of MLlib on one table and counts its mistakes on another. */
final class ClassifyCommand implements Command {
  private static final Option<String> TRAIN =
      Option.text("train", "PATH", "table to learn from (Parquet)").asRequired();
  private static final Option<String> TEST =
      Option.text("test", "PATH", "table to count mistakes on (Parquet)").asRequired();
  private static final Option<String> FEATURES =
      Option.text("features", "COLUMN", "column of the features, vectors or arrays of numbers")
          .withDefault("features");
  private static final Option<String> LABEL =
      Option.text("label", "COLUMN", "column of the classes: 0, 1, 2, ...").withDefault("label");
  private static final Option<String> CLASSIFIER =
      Option.choice(
              "classifier",
              Classifiers.NAMES,
              "logistic (or, with more than two classes, softmax) regression, or linear support"
                  + " vector machines, one for each class against the rest")
          .withDefault("logistic");
  private static final Option<Integer> MAX_ITER =
      Option.smallNumber("max-iter", 1, "iterations at most").withDefault("100");
  private static final Option<Double> REG_PARAM =
      Option.number("reg-param", 0, "weight of the squared norm of the coefficients")
          .withDefault("0");
  private static final Option<String> OUTPUT =
      Option.text("output", "PATH", "folder to save the classifier in; not saved unless named");

  @Override
  public String name() {
    return "classify";
  }

  @Override
  public String summary() {
    return "trains a linear classifier on one table and gives its error on another";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        TRAIN,
        TEST,
        FEATURES,
        LABEL,
        CLASSIFIER,
        MAX_ITER,
        REG_PARAM,
        OUTPUT,
        Common.JSON,
        Common.OVERWRITE,
        Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    try (Session session = Session.open(this, arguments)) {
      Inputs inputs = new Inputs(session.spark());
      Outputs outputs = new Outputs(session.spark());
      boolean overwrite = arguments.get(Common.OVERWRITE);
      if (arguments.given(OUTPUT)) {
        outputs.requireOutput(OUTPUT.name(), arguments.get(OUTPUT), overwrite);
        for (Option<String> read : List.of(TRAIN, TEST)) {
          outputs.requireApart(
              OUTPUT.name(), arguments.get(OUTPUT), read.name(), arguments.get(read));
        }
      }
      Dataset<Row> train = labelled(inputs, TRAIN, arguments);
      Dataset<Row> test = labelled(inputs, TEST, arguments);
      String classifier = arguments.get(CLASSIFIER);
      Model<?> model =
          Classifiers.fit(
              classifier,
              train,
              arguments.get(FEATURES),
              arguments.get(LABEL),
              arguments.get(MAX_ITER),
              arguments.get(REG_PARAM));
      Classifiers.Score score = Classifiers.score(model, test, arguments.get(LABEL));
      if (arguments.given(OUTPUT)) {
        TrainCommand.save(outputs, model, Optional.empty(), arguments.get(OUTPUT), overwrite);
      }
      report(arguments, classifier, score, console);
    }
  }

  private static Dataset<Row> labelled(Inputs inputs, Option<String> table, Arguments arguments)
      throws IOException {
    Dataset<Row> rows = inputs.table(table.name(), arguments.get(table));
    String label = arguments.get(LABEL);
    Inputs.requireColumn(FEATURES.name(), rows.schema(), arguments.get(FEATURES));
    Inputs.requireColumn(LABEL.name(), rows.schema(), label);
    if (!(rows.schema().apply(label).dataType() instanceof NumericType)) {
      throw new UsageException(
          "--label "
              + label
              + " must be of numbers, not "
              + rows.schema().apply(label).dataType().simpleString());
    }
    rows = withVectors(rows, arguments.get(FEATURES));
    Classifiers.requireClasses(rows, label, "--" + table.name() + " " + arguments.get(table));
    return rows;
  }

  /** The table with features as vectors, which are what MLlib reads. */
  private static Dataset<Row> withVectors(Dataset<Row> rows, String features) {
    DataType type = rows.schema().apply(features).dataType();
    if (type.equals(SQLDataTypes.VectorType())) {
      return rows;
    }
    if (type instanceof ArrayType array && array.elementType() instanceof NumericType) {
      return rows.withColumn(features, functions.array_to_vector(InputColumn.named(features)));
    }
    throw new UsageException(
        "--features "
            + features
            + " must be of vectors or arrays of numbers, not "
            + type.simpleString());
  }

  private static void report(
      Arguments arguments, String classifier, Classifiers.Score score, Console console) {
    if (arguments.get(Common.JSON)) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("testErrorPercent", score.errorPercent());
      result.put("testRows", score.rows());
      result.put("classifier", classifier);
      console.json(result);
    } else {
      console.result(
          "test error of %s: %.2f %% (%d of %d rows)",
          classifier, score.errorPercent(), score.wrong(), score.rows());
    }
  }
}
