package io.sparkae.ml;

import io.sparkae.spark.InputColumn;
import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import scala.collection.Seq;

/** Puts features that are known back into restored rows, to the last bit of the double. */
final class KnownValues {
  private KnownValues() {}

  /**
   * The dataset with them.
   *
   * @param gaps whether the known features of rows that miss something are put back
   * @param wholes whether those of rows that miss nothing are
   */
  static Dataset<Row> keep(
      Dataset<Row> restored,
      InputParams stage,
      String outputCol,
      int[] distrusted,
      boolean gaps,
      boolean wholes) {
    if (!gaps && !wholes) {
      return restored;
    }
    int[] missing = distrusted.clone();
    UDF2<Object, Vector, Vector> both = (given, row) -> keep(given, row, missing, gaps, wholes);
    Column features =
        stage.getInputCols() == null
            ? InputColumn.named(stage.getFeaturesCol())
            : InputColumn.numbers(Arrays.asList(stage.getInputCols()));
    return restored.withColumn(
        outputCol,
        functions
            .udf(both, SQLDataTypes.VectorType())
            .asNonNullable()
            .apply(features, InputColumn.named(outputCol)));
  }

  private static Vector keep(
      Object given, Vector row, int[] distrusted, boolean gaps, boolean wholes) {
    double[] known = numbers(given);
    for (int feature : distrusted) {
      known[feature] = Double.NaN;
    }
    double[] values = row.toArray().clone();
    boolean whole = Arrays.stream(known).noneMatch(Double::isNaN);
    for (int i = 0; i < known.length && (whole ? wholes : gaps); i++) {
      values[i] = Double.isNaN(known[i]) ? values[i] : known[i];
    }
    return Vectors.dense(values);
  }

  /** A copy of a row in any of the forms that features have. */
  private static double[] numbers(Object given) {
    if (given instanceof Vector vector) {
      return vector.toArray().clone();
    }
    Seq<?> numbers = (Seq<?>) given;
    double[] values = new double[numbers.size()];
    Arrays.setAll(
        values,
        i -> numbers.apply(i) == null ? Double.NaN : ((Number) numbers.apply(i)).doubleValue());
    return values;
  }
}
