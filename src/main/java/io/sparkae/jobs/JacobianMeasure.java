package io.sparkae.jobs;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.objective.JacobianNorm;
import io.sparkae.ml.AutoencoderModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * How much codes change where rows do: the mean over rows of the squared Frobenius norm of the
 * Jacobian of an encoder of one layer, which {@code contraction} makes small. It reads the codes of
 * {@link CodeMeasure}, which goes with this.
 */
final class JacobianMeasure implements Measure {
  private final Activation activation;
  private final double[] squares;

  private JacobianMeasure(AutoencoderModel model) {
    activation = activation(model);
    squares = new double[model.getCodeSize()];
    JacobianNorm.sumSquares(model.firstWeights(), model.parameters(), squares);
  }

  private static Activation activation(AutoencoderModel model) {
    return Check.choice(Activation.class, "codeActivation", model.getCodeActivation());
  }

  /** The measure, if the encoder has one layer whose slopes are known, and keeps all units. */
  static List<Measure> of(Model<?> model) {
    return model instanceof AutoencoderModel autoencoder
            && autoencoder.getHiddenLayers().length == 0
            && autoencoder.getKSparse() == 0
            && JacobianNorm.allows(activation(autoencoder))
        ? List.of(new JacobianMeasure(autoencoder))
        : List.of();
  }

  @Override
  public void nameColumns(Model<?> model) {
    Models.set(model, "outputCol", CodeMeasure.CODE, Common.SAVED_MODEL.name());
  }

  @Override
  public List<Column> aggregates() {
    Activation units = activation; // a task takes these, not the measure
    double[] weights = squares;
    UserDefinedFunction norm =
        udf((Vector h) -> norm(h.toArray(), units, weights), DataTypes.DoubleType);
    return List.of(avg(norm.apply(col(CodeMeasure.CODE))));
  }

  private static double norm(double[] h, Activation activation, double[] squares) {
    double sum = 0;
    for (int j = 0; j < h.length; j++) {
      sum += JacobianNorm.squaredSlope(activation, (float) h[j]) * squares[j];
    }
    return sum;
  }

  @Override
  public void addFigures(Row row, int at, Map<String, Object> figures) {
    figures.put("squaredJacobianNorm", row.getDouble(at));
  }

  @Override
  public List<String> lines(Row row, int at, long rows) {
    return List.of(
        String.format(
            Locale.ROOT,
            "squared norm of the code's Jacobian (mean over rows): %.4g",
            row.getDouble(at)));
  }
}
