package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/**
 * β·Σⱼ KL(ρ‖ρ̃ⱼ), ρ̃ⱼ the mean activation of unit j in [0, 1]: a sigmoid unit's own, (1 + h)/2 of a
 * tanh unit.
 *
 * <p>ρ̃ is a statistic, constant within a step; its rows push it by β·KL′(ρ̃ⱼ)·hⱼ each, with
 * KL′(ρ̃) = −ρ/ρ̃ + (1 − ρ)/(1 − ρ̃). Where ρ̃ is the exact mean over all rows, that is the
 * gradient. ρ̃ is held 10⁻⁶ away from 0 and 1. Source: Ng, CS294A lecture notes 2011.
 */
final class KlSparsity extends CodePenalty {
  private static final double EDGE = 1e-6;

  /** Place of the mean activation among the objective's statistics. */
  private static final int STATISTIC = 0;

  private final double beta;
  private final double target;
  private final boolean tanh;
  private final float[] slopes;

  KlSparsity(Node code, Penalties penalties, Activation codeActivation) {
    super("sparsity", code);
    this.beta = penalties.sparsityWeight();
    this.target = penalties.sparsityTarget();
    this.tanh = codeActivation == Activation.TANH;
    this.slopes = new float[code.width()];
  }

  /** KL(ρ‖ρ̃) of two coins. */
  static double divergence(double target, double mean) {
    return target * Math.log(target / mean) + (1 - target) * Math.log((1 - target) / (1 - mean));
  }

  private static double inside(double mean) {
    return Math.min(1 - EDGE, Math.max(EDGE, mean));
  }

  @Override
  double penalty(Pass pass, float[] h, int rows) {
    double[] means = pass.statistics()[STATISTIC];
    double sum = 0;
    for (double mean : means) {
      sum += divergence(target, inside(mean));
    }
    return beta * sum * rows;
  }

  @Override
  void addGradient(Pass pass, float[] h, float[] delta, int rows) {
    double[] means = pass.statistics()[STATISTIC];
    for (int j = 0; j < slopes.length; j++) {
      double mean = inside(means[j]);
      double slope = beta * (-target / mean + (1 - target) / (1 - mean));
      slopes[j] = (float) (tanh ? slope / 2 : slope);
    }
    for (int row = 0; row < rows; row++) {
      int at = row * slopes.length;
      for (int j = 0; j < slopes.length; j++) {
        delta[at + j] += slopes[j];
      }
    }
  }

  /** Adds each unit's activation in [0, 1], summed over rows. */
  @Override
  void addStatistics(Pass pass, Sums all) {
    double[] sums = all.statistics()[STATISTIC];
    float[] h = value();
    for (int row = 0; row < pass.rows(); row++) {
      int at = row * sums.length;
      for (int j = 0; j < sums.length; j++) {
        sums[j] += tanh ? (1.0 + h[at + j]) / 2 : h[at + j];
      }
    }
  }
}
