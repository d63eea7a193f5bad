package io.sparkae.jobs;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * How near codes are to the distribution that they are to have: the length of their mean and the
 * variance of each number, which of N(0, I) are 0 and 1.
 */
final class CodeMomentsMeasure implements Measure {
  /** The column of {@link CodeMeasure}, which goes with this. */
  @Override
  public void nameColumns(Model<?> model) {
    Models.set(model, "outputCol", CodeMeasure.CODE, Common.SAVED_MODEL.name());
  }

  @Override
  public List<Column> aggregates() {
    Column code = col(CodeMeasure.CODE);
    return List.of(Summarizer.mean(code), Summarizer.variance(code));
  }

  private static double meanNorm(Row row, int at) {
    return Vectors.norm(row.getAs(at), 2);
  }

  private static double[] variances(Row row, int at) {
    return row.<Vector>getAs(at + 1).toArray();
  }

  @Override
  public void addFigures(Row row, int at, Map<String, Object> figures) {
    figures.put("codeMeanNorm", meanNorm(row, at));
    figures.put("codeVariancePerUnit", variances(row, at));
  }

  @Override
  public List<String> lines(Row row, int at, long rows) {
    double[] variances = variances(row, at);
    return List.of(
        String.format(
            Locale.ROOT,
            "length of the mean code: %.4g; variance of a number of the code: at least %.4g, at"
                + " most %.4g",
            meanNorm(row, at),
            Arrays.stream(variances).min().orElseThrow(),
            Arrays.stream(variances).max().orElseThrow()));
  }
}
