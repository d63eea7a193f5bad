package io.sparkae.core.train;

import io.sparkae.core.linalg.VectorMath;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.ParameterGroup;
import io.sparkae.core.objective.StatisticSpec;
import io.sparkae.core.objective.Sums;
import io.sparkae.core.objective.Term;
import io.sparkae.core.objective.WeightSpec;
import io.sparkae.core.optimize.Optimizer;
import io.sparkae.core.optimize.OptimizerSettings;
import java.util.Arrays;
import java.util.List;

/**
 * One optimizer step from the sums of several parts (micro-batches in a replica, replicas on the
 * driver), added in their order and divided by the weights of all of them.
 *
 * <p>Holds scratch space: one instance for each thread. Elements are independent, so threads may step
 * disjoint ranges.
 */
final class StepUpdate {
  private static final int CHUNK = 2048;

  private final TrainingPlan plan;
  private final ParameterGroup[] groups;
  private final Optimizer[] optimizers;
  private final OptimizerSettings[] optimizerSettings;
  private final Term[] terms;
  private final int[] termWeights;
  private final StatisticSpec[] statistics;
  private final int[] statisticWeights;
  private final double[][] totals;
  private final float[] direction = new float[CHUNK];
  private final float[] part = new float[CHUNK];

  StepUpdate(Objective objective, TrainingPlan plan) {
    this.plan = plan;
    TrainingSettings settings = plan.settings();
    groups = objective.groups().toArray(new ParameterGroup[0]);
    optimizerSettings = new OptimizerSettings[groups.length];
    optimizers = new Optimizer[groups.length];
    for (int g = 0; g < groups.length; g++) {
      optimizerSettings[g] = settings.optimizerOf(groups[g].name());
      optimizers[g] = optimizerSettings[g].create();
    }
    List<WeightSpec> weights = objective.weights();
    totals = weights.stream().map(w -> new double[w.length()]).toArray(double[][]::new);
    terms = objective.terms().toArray(new Term[0]);
    termWeights = new int[terms.length];
    for (int t = 0; t < terms.length; t++) {
      termWeights[t] = Sums.weightIndex(weights, terms[t].weight());
      checkDivides(terms[t], weights.get(termWeights[t]));
    }
    statistics = objective.statistics().toArray(new StatisticSpec[0]);
    statisticWeights = new int[statistics.length];
    for (int s = 0; s < statistics.length; s++) {
      statisticWeights[s] = Sums.weightIndex(weights, statistics[s].weight());
    }
  }

  private static void checkDivides(Term term, WeightSpec weight) {
    if ((term.to() - term.from()) % weight.length() != 0) {
      throw new IllegalArgumentException(
          "term " + term.name() + " has " + (term.to() - term.from())
              + " parameters, which weight " + weight.name() + " of " + weight.length()
              + " elements does not divide evenly");
    }
  }

  /** Steps parameters and optimizer state in [from, to); the state's step count is left alone. */
  void step(Sums[] parts, RoundState state, int from, int to) {
    addWeights(parts);
    double epoch = (double) state.step() / plan.stepsPerEpoch();
    for (int g = 0; g < groups.length; g++) {
      if (optimizerSettings[g].kind() == OptimizerSettings.Kind.FROZEN) {
        continue;
      }
      double factor = optimizerSettings[g].schedule().factor(epoch, plan.settings().epochs());
      float stepSize = (float) (optimizerSettings[g].stepSize() * factor);
      int end = Math.min(to, groups[g].to());
      for (int at = Math.max(from, groups[g].from()); at < end; at += CHUNK) {
        int length = Math.min(CHUNK, end - at);
        meanDirection(parts, at, length);
        optimizers[g].step(
            state.parameters(),
            state.optimizerState(),
            at,
            direction,
            length,
            stepSize,
            state.step());
      }
    }
  }

  /** newest = decay·old + (1 − decay)·(sum / weight); a weight of 0 keeps the old. */
  void updateStatistics(Sums[] parts, RoundState state) {
    addWeights(parts);
    for (int s = 0; s < statistics.length; s++) {
      double weight = totals[statisticWeights[s]][0];
      if (weight == 0) {
        continue;
      }
      double decay = statistics[s].decay();
      double[] values = state.statistics()[s];
      for (int i = 0; i < values.length; i++) {
        double sum = 0;
        for (Sums contribution : parts) {
          sum += contribution.statistics()[s][i];
        }
        values[i] = decay * values[i] + (1 - decay) * (sum / weight);
      }
    }
  }

  /** Sets the named statistics to sum / weight: the end of a pass over all rows. */
  void replaceStatistics(Sums[] parts, RoundState state, List<String> names) {
    addWeights(parts);
    for (int s = 0; s < statistics.length; s++) {
      double weight = totals[statisticWeights[s]][0];
      if (!names.contains(statistics[s].name()) || weight == 0) {
        continue;
      }
      double[] values = state.statistics()[s];
      for (int i = 0; i < values.length; i++) {
        double sum = 0;
        for (Sums contribution : parts) {
          sum += contribution.statistics()[s][i];
        }
        values[i] = sum / weight;
      }
    }
  }

  private void addWeights(Sums[] parts) {
    for (int w = 0; w < totals.length; w++) {
      Arrays.fill(totals[w], 0);
      for (Sums contribution : parts) {
        double[] weight = contribution.weights()[w];
        for (int i = 0; i < weight.length; i++) {
          totals[w][i] += weight[i];
        }
      }
    }
  }

  /** direction[0, length) = Σ over terms of (Σ over parts) / weight, of the parameters from at on. */
  private void meanDirection(Sums[] parts, int at, int length) {
    Arrays.fill(direction, 0, length, 0f);
    for (int t = 0; t < terms.length; t++) {
      int from = Math.max(at, terms[t].from());
      int to = Math.min(at + length, terms[t].to());
      if (from >= to) {
        continue;
      }
      System.arraycopy(parts[0].directions()[t], from, part, 0, to - from);
      for (int p = 1; p < parts.length; p++) {
        VectorMath.addInPlace(part, 0, parts[p].directions()[t], from, to - from);
      }
      addDivided(terms[t], totals[termWeights[t]], at, from, to);
    }
  }

  /** Adds the term's part of the chunk, each stretch divided by the weight that it belongs to. */
  private void addDivided(Term term, double[] weight, int at, int from, int to) {
    int stretch = (term.to() - term.from()) / weight.length;
    for (int i = from; i < to; ) {
      int unit = (i - term.from()) / stretch;
      int end = Math.min(to, term.from() + (unit + 1) * stretch);
      if (weight[unit] != 0) {
        float factor = (float) (1 / weight[unit]);
        VectorMath.addScaledInPlace(direction, i - at, factor, part, i - from, end - i);
      }
      i = end;
    }
  }
}
