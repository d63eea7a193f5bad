package io.sparkae.core.train;

import io.sparkae.core.linalg.VectorMath;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.ParameterGroup;
import io.sparkae.core.objective.Sums;
import io.sparkae.core.objective.Term;
import io.sparkae.core.objective.WeightSpec;
import io.sparkae.core.optimize.FullBatchOptimizer;
import io.sparkae.core.optimize.FullBatchOptimizer.Evaluation;
import io.sparkae.core.optimize.OptimizerSettings;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The mean of all losses over all rows, with its gradient, as a function of the parameters: a round
 * over the replicas, whose sums are added in double in their order.
 *
 * <p>The parameters that replicas see are floats: a point is rounded to them, and value and
 * gradient are those of the rounded point. The state stays at the point that was looked at last.
 */
final class FullBatchLoss implements FullBatchOptimizer.Objective {
  /**
   * A look at the loss.
   *
   * @param losses means over all rows
   * @param rows rows that were gone through
   * @param breakdown where the loss was not finite; null if it was, or nobody knows
   */
  record Look(MeanLosses losses, Evaluation evaluation, long rows, Breakdown breakdown) {}

  private final Objective objective;
  private final TrainingPlan plan;
  private final TrainingLoop.Replicas replicas;
  private final RoundState state;
  private final DriverRounds rounds;
  private final Consumer<Look> listener;
  private int iteration;
  private int looks;
  private float[] lookedAt;
  private Look last;

  /**
   * The loss on the way of a training.
   *
   * @param listener hears of each look that took a round
   */
  FullBatchLoss(
      Objective objective,
      TrainingPlan plan,
      TrainingLoop.Replicas replicas,
      RoundState state,
      DriverRounds rounds,
      Consumer<Look> listener) {
    this.objective = objective;
    this.plan = plan;
    this.replicas = replicas;
    this.state = state;
    this.rounds = rounds;
    this.listener = listener;
  }

  /** Says which iteration, from 0, the next looks belong to. */
  void setIteration(int newIteration) {
    iteration = newIteration;
    looks = 0;
  }

  @Override
  public Evaluation at(double[] point) {
    return look(point).evaluation();
  }

  /** Goes to a point, and looks at it unless that was the last one. */
  Look look(double[] point) {
    float[] parameters = state.parameters();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) point[i];
    }
    if (lookedAt == null || !Arrays.equals(lookedAt, parameters)) {
      lookedAt = parameters.clone();
      last = look();
      listener.accept(last);
    }
    return last;
  }

  /** Takes over what was seen where the state is: a look there takes no round. */
  void restore(MeanLosses losses, Evaluation evaluation) {
    lookedAt = state.parameters().clone();
    last = new Look(losses, evaluation, 0, null);
  }

  private Look look() {
    rounds.fillStatistics(RoundTask.Kind.PREPARE, objective.fullBatchStatistics(), iteration);
    List<RoundResult> results =
        replicas.run(state, new RoundTask(RoundTask.Kind.GRADIENT, iteration, looks++, 1));
    Sums totals = Sums.withoutDirections(objective);
    long rows = 0;
    Breakdown breakdown = null;
    for (RoundResult result : results) {
      totals.addScalars(result.sums());
      rows += result.rows();
      breakdown = Breakdown.merge(breakdown, result.breakdown());
    }
    MeanLosses losses = MeanLosses.of(objective, totals);
    double[] gradient = breakdown == null ? gradient(results, totals) : null;
    boolean finite = gradient != null && losses.areFinite() && VectorMath.isFinite(gradient);
    return new Look(
        losses,
        finite
            ? new Evaluation(losses.loss(), gradient)
            : new Evaluation(Double.POSITIVE_INFINITY, new double[lookedAt.length]),
        rows,
        breakdown);
  }

  /** Σ over terms of (Σ over replicas) / weight; 0 where a group is frozen. */
  private double[] gradient(List<RoundResult> results, Sums totals) {
    double[] gradient = new double[lookedAt.length];
    List<WeightSpec> weights = objective.weights();
    List<Term> terms = objective.terms();
    for (int t = 0; t < terms.size(); t++) {
      Term term = terms.get(t);
      double[] sum = addInOrder(results, t, term);
      double[] divisors = totals.weights()[Sums.weightIndex(weights, term.weight())];
      int stretch = (term.to() - term.from()) / divisors.length;
      for (int i = term.from(); i < term.to(); i++) {
        double divisor = divisors[(i - term.from()) / stretch];
        gradient[i] += divisor == 0 ? 0 : sum[i] / divisor;
      }
    }
    clearFrozen(gradient);
    return gradient;
  }

  /** The sum of the replicas' directions of a term, in an array of its own. */
  private static double[] addInOrder(List<RoundResult> results, int t, Term term) {
    double[] sum = results.get(0).gradients()[t].clone();
    for (RoundResult result : results.subList(1, results.size())) {
      double[] other = result.gradients()[t];
      for (int i = term.from(); i < term.to(); i++) {
        sum[i] += other[i];
      }
    }
    return sum;
  }

  private void clearFrozen(double[] gradient) {
    boolean[] moves = new boolean[gradient.length];
    for (ParameterGroup group : objective.groups()) {
      OptimizerSettings optimizer = plan.settings().optimizerOf(group.name());
      if (optimizer.kind() != OptimizerSettings.Kind.FROZEN) {
        Arrays.fill(moves, group.from(), group.to(), true);
      }
    }
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = moves[i] ? gradient[i] : 0;
    }
  }
}
