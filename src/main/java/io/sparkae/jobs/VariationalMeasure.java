package io.sparkae.jobs;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.sparkae.core.objective.VariationalRunner;
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
 * How likely a model with a posterior over codes finds rows: −log p(x) by importance weights, its
 * bound, and KL(q(z|x)‖p(z)); and how many units of the code are active: those whose mean varies by
 * more than 0.01 from row to row (Burda et al. 2015, section 5.2).
 */
final class VariationalMeasure implements Measure {
  private static final String CODE = "sparkae_code";
  private static final String LOG_VARIANCE = "sparkae_log_variance";
  private static final String ELBO = "sparkae_elbo";
  private static final String LOG_LIKELIHOOD = "sparkae_log_likelihood";

  /** Variance of the mean from row to row above which a unit is active. */
  static final double ACTIVE = 0.01;

  private final int samples;

  /**
   * @param samples of each row's posterior
   */
  VariationalMeasure(int samples) {
    this.samples = samples;
  }

  @Override
  public void nameColumns(Model<?> model) {
    String option = Common.SAVED_MODEL.name();
    Models.set(model, "outputCol", CODE, option);
    Models.set(model, "logVarianceCol", LOG_VARIANCE, option);
    Models.set(model, "elboCol", ELBO, option);
    Models.set(model, "logLikelihoodCol", LOG_LIKELIHOOD, option);
    Models.set(model, "likelihoodSamples", samples, option);
  }

  @Override
  public List<Column> aggregates() {
    Column kl =
        udf((Vector mean, Vector logVariance) -> kl(mean, logVariance), DataTypes.DoubleType)
            .apply(col(CODE), col(LOG_VARIANCE));
    return List.of(
        avg(col(LOG_LIKELIHOOD)), avg(col(ELBO)), avg(kl), Summarizer.variance(col(CODE)));
  }

  /** KL(N(μ, σ²)‖N(0, I)). */
  private static double kl(Vector mean, Vector logVariance) {
    double sum = 0;
    for (int i = 0; i < mean.size(); i++) {
      sum += VariationalRunner.divergence(mean.apply(i), logVariance.apply(i));
    }
    return sum;
  }

  private static long activeUnits(Row row, int at) {
    return Arrays.stream(row.<Vector>getAs(at + 3).toArray()).filter(v -> v > ACTIVE).count();
  }

  @Override
  public void addFigures(Row row, int at, Map<String, Object> figures) {
    figures.put("negativeLogLikelihood", -row.getDouble(at));
    figures.put("negativeElbo", -row.getDouble(at + 1));
    figures.put("kl", row.getDouble(at + 2));
    figures.put("activeUnits", activeUnits(row, at));
    figures.put("likelihoodSamples", samples);
  }

  @Override
  public List<String> lines(Row row, int at, long rows) {
    return List.of(
        String.format(
            Locale.ROOT,
            "-log p(x) by %d importance samples: %.3f (mean of a row)",
            samples,
            -row.getDouble(at)),
        String.format(
            Locale.ROOT,
            "its bound: %.3f, of which KL(q(z|x), p(z)) %.3f",
            -row.getDouble(at + 1),
            row.getDouble(at + 2)),
        String.format(
            Locale.ROOT,
            "active units of the code: %d of %d",
            activeUnits(row, at),
            row.<Vector>getAs(at + 3).size()));
  }
}
