package io.sparkae.jobs;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.ml.AutoencoderModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * How active the units of a code are: the mean activation of each unit over rows, its mean over
 * units, and the mean over rows of a code's sparseness.
 */
final class CodeMeasure implements Measure {
  /** The column of codes. */
  static final String CODE = "sparkae_code";

  private boolean tanh;

  @Override
  public void nameColumns(Model<?> model) {
    Models.set(model, "outputCol", CODE, Common.SAVED_MODEL.name());
    tanh =
        model instanceof AutoencoderModel autoencoder
            && autoencoder.getCodeActivation().equals(Check.camelCase(Activation.TANH));
  }

  @Override
  public List<Column> aggregates() {
    Column code = col(CODE);
    return List.of(
        Summarizer.mean(code),
        avg(udf((Vector h) -> sparseness(h.toArray()), DataTypes.DoubleType).apply(code)));
  }

  /**
   * The sparseness of a code h of n units, (√n − ‖h‖₁/‖h‖₂) / (√n − 1): 0 where all units are of
   * equal magnitude, 1 where one alone is not 0. Source: Hoyer 2004, "Non-negative matrix
   * factorization with sparseness constraints", section 3.
   *
   * @return null of a code of zeros, or of one unit, of which it says nothing
   */
  static Double sparseness(double[] h) {
    double l1 = 0;
    double squares = 0;
    for (double value : h) {
      l1 += Math.abs(value);
      squares += value * value;
    }
    double root = Math.sqrt(h.length);
    return squares == 0 || h.length < 2 ? null : (root - l1 / Math.sqrt(squares)) / (root - 1);
  }

  private static double[] means(Row row, int at) {
    return row.<Vector>getAs(at).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @Override
  public void addFigures(Row row, int at, Map<String, Object> figures) {
    double[] means = means(row, at);
    figures.put("meanActivation", mean(means));
    if (!row.isNullAt(at + 1)) {
      figures.put("codeSparsity", row.getDouble(at + 1));
    }
    figures.put("meanActivationPerUnit", means);
  }

  @Override
  public List<String> lines(Row row, int at, long rows) {
    double[] means = means(row, at);
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "mean activation of the %d units of the code: %.4g (of a unit at least %.4g, at most"
                + " %.4g)",
            means.length,
            mean(means),
            Arrays.stream(means).min().orElseThrow(),
            Arrays.stream(means).max().orElseThrow()));
    if (tanh) {
      lines.add(
          String.format(
              Locale.ROOT,
              "the same in units of sparsityTarget, which are (1 + h)/2 of a tanh unit h: %.4g",
              (1 + mean(means)) / 2));
    }
    if (!row.isNullAt(at + 1)) {
      lines.add(
          String.format(
              Locale.ROOT,
              "sparseness of a code (Hoyer 2004, mean over rows; 0: all units alike, 1: one alone):"
                  + " %.4f",
              row.getDouble(at + 1)));
    }
    return lines;
  }
}
