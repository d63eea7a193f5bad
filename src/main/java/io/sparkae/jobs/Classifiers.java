package io.sparkae.jobs;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.OneVsRest;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** MLlib's linear classifiers, and how often they are wrong. */
final class Classifiers {
  static final String LOGISTIC = "logistic";
  static final String SVM = "svm";
  static final List<String> NAMES = List.of(LOGISTIC, SVM);

  /** Classes that a label may number at most; MLlib keeps something for each. */
  static final int MAX_CLASSES = 10_000;

  private static final String PREDICTION = "prediction";

  private Classifiers() {}

  /**
   * How often a classifier is wrong.
   *
   * @param wrong rows whose prediction is not their label
   * @param rows all rows
   */
  record Score(long wrong, long rows) {
    double errorPercent() {
      return 100.0 * wrong / rows;
    }
  }

  /** Fits a classifier on standardised features, with an intercept. */
  static Model<?> fit(
      String classifier,
      Dataset<Row> train,
      String features,
      String label,
      int maxIter,
      double regParam) {
    if (classifier.equals(SVM)) {
      LinearSVC svm = new LinearSVC().setMaxIter(maxIter).setRegParam(regParam);
      return new OneVsRest()
          .setClassifier(svm)
          .setFeaturesCol(features)
          .setLabelCol(label)
          .setPredictionCol(PREDICTION)
          .fit(train);
    }
    return new LogisticRegression()
        .setMaxIter(maxIter)
        .setRegParam(regParam)
        .setFeaturesCol(features)
        .setLabelCol(label)
        .setPredictionCol(PREDICTION)
        .fit(train);
  }

  /** Counts the mistakes of a model on a table of at least one row. */
  static Score score(Model<?> model, Dataset<Row> test, String label) {
    Column wrong = when(col(PREDICTION).notEqual(col(label)), 1L).otherwise(0L);
    Row counts = model.transform(test).agg(coalesce(sum(wrong), lit(0L)), count(lit(1))).first();
    return new Score(counts.getLong(0), counts.getLong(1));
  }

  /**
   * Checks that a label column numbers classes.
   *
   * @param table what the message calls the table
   * @throws UsageException if the table is empty, or a label is missing, negative, broken or huge
   */
  static void requireClasses(Dataset<Row> rows, String label, String table) {
    Column value = col(label).cast("double");
    Column broken =
        value
            .isNull()
            .or(value.lt(0))
            .or(value.gt(MAX_CLASSES))
            .or(value.notEqual(value.cast("int")));
    Row counts =
        rows.agg(count(lit(1)), coalesce(sum(when(broken, 1L).otherwise(0L)), lit(0L)), max(value))
            .first();
    if (counts.getLong(0) == 0) {
      throw new UsageException(table + " has no rows");
    }
    if (counts.getLong(1) > 0) {
      throw new UsageException(
          "--label "
              + label
              + " must hold the whole numbers 0, 1, 2, ... of the classes; "
              + counts.getLong(1)
              + " rows of "
              + table
              + " do not");
    }
  }
}
