package io.sparkae.core.train;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.linalg.VectorMath;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.StatisticSpec;
import io.sparkae.core.objective.Sums;
import io.sparkae.core.objective.Term;
import io.sparkae.core.objective.WeightSpec;
import java.util.Arrays;
import java.util.List;

/**
 * What the parts of a step (micro-batches in a replica, replicas on the driver) contribute to it:
 * their sums, added in their order and divided by the weights of all of them.
 *
 * <p>Directions of the parts are used up. One instance for each thread; elements are independent,
 * so threads may sum different tiles.
 */
final class Contributions {
  private final Tiles tiles;
  private final Term[] terms;
  private final int[] termWeights;
  private final StatisticSpec[] statistics;
  private final int[] statisticWeights;
  private final double[][] totals;
  private Sums[] parts = {};
  private Direction[][] partDirections = {};

  Contributions(Objective objective, Tiles tiles) {
    this.tiles = tiles;
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
          "term "
              + term.name()
              + " has "
              + (term.to() - term.from())
              + " parameters, which weight "
              + weight.name()
              + " of "
              + weight.length()
              + " elements does not divide evenly");
    }
  }

  /** Takes over what the parts of the next step contribute. */
  void begin(Sums[] contributions) {
    if (parts != contributions) {
      parts = contributions;
      partDirections = new Direction[parts[0].terms()][parts.length]; // none after a mere look
      for (int t = 0; t < partDirections.length; t++) {
        for (int p = 0; p < parts.length; p++) {
          partDirections[t][p] = parts[p].direction(t);
        }
      }
    }
    addWeights();
  }

  /** Lets the parts of the last step go, which may be as large as all replicas' directions. */
  void forget() {
    parts = new Sums[0];
    partDirections = new Direction[0][];
  }

  private void addWeights() {
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

  /** Σ over parts of each term's direction in a tile, left in the first part. */
  void sum(int tile) {
    for (int t = 0; t < terms.length; t++) {
      sum(t, tile, partDirections[t][0].held());
    }
  }

  /** target = Σ over parts of a term's direction in a tile. */
  void sum(int term, int tile, float[] target) {
    int from = Math.max(tiles.start(tile), terms[term].from());
    int to = Math.min(tiles.end(tile), terms[term].to());
    if (from < to) {
      Direction.sum(partDirections[term], target, from, to);
    }
  }

  /** Where {@link #mean} leaves what it computes. */
  float[] held() {
    return partDirections[0][0].held();
  }

  /**
   * Σ over terms of (Σ over parts) / weight, for the parameters [from, to) of a tile whose parts
   * are summed: left in the first part's array of the first term, so that all arrays of a step
   * share one index.
   */
  float[] mean(int from, int to) {
    float[] direction = held();
    for (int t = 0; t < terms.length; t++) {
      int start = Math.max(from, terms[t].from());
      int end = Math.min(to, terms[t].to());
      if (t == 0) { // what lies outside the first term's range holds nothing yet
        Arrays.fill(direction, from, Math.min(Math.max(start, from), to), 0f);
        Arrays.fill(direction, Math.max(Math.min(end, to), from), to, 0f);
      }
      if (start < end) {
        float[] sum = partDirections[t][0].held();
        divide(terms[t], totals[termWeights[t]], sum, start, end);
        if (t > 0) {
          VectorMath.addInPlace(direction, sum, start, end - start);
        }
      }
    }
    return direction;
  }

  /**
   * The term that alone reaches into the parameters [from, to) of a tile, if its parts know which
   * rows the minibatch has touched; else −1.
   */
  int touchedTerm(int from, int to) {
    int term = onlyTerm(from, to);
    return term >= 0 && touchedRowLength(term, from) > 0 ? term : -1;
  }

  /** The term that alone reaches into the parameters [from, to), with all of them; else −1. */
  private int onlyTerm(int from, int to) {
    int only = -1;
    for (int t = 0; t < terms.length; t++) {
      if (terms[t].from() < to && from < terms[t].to()) {
        if (only >= 0 || terms[t].from() > from || terms[t].to() < to) {
          return -1;
        }
        only = t;
      }
    }
    return only;
  }

  /** Elements of a row of which few are touched; 0 where that is not known. */
  int touchedRowLength(int term, int from) {
    return Direction.touchedRowLength(partDirections[term], from);
  }

  /** Where the next touched row begins; {@code to} if there is none. */
  int nextTouchedRow(int term, int from, int to) {
    return from < to ? Direction.nextTouchedRow(partDirections[term], from, to) : to;
  }

  /** (Σ over parts) / weight, for a touched row at [from, to). */
  float[] meanOfRow(int term, int from, int to) {
    float[] sum = partDirections[term][0].held();
    Direction.sum(partDirections[term], sum, from, to);
    divide(terms[term], totals[termWeights[term]], sum, from, to);
    return sum;
  }

  /** newest = decay·old + (1 − decay)·(sum / weight); a weight of 0 keeps the old. */
  void updateStatistics(RoundState state) {
    for (int s = 0; s < statistics.length; s++) {
      mixStatistic(s, statistics[s].decay(), state);
    }
  }

  /** Sets the named statistics to sum / weight: the end of a pass over all rows. */
  void replaceStatistics(RoundState state, List<String> names) {
    for (int s = 0; s < statistics.length; s++) {
      if (names.contains(statistics[s].name())) {
        mixStatistic(s, 0, state);
      }
    }
  }

  private void mixStatistic(int s, double keep, RoundState state) {
    double weight = totals[statisticWeights[s]][0];
    if (weight == 0) {
      return;
    }
    double[] values = state.statistics()[s];
    for (int i = 0; i < values.length; i++) {
      double sum = 0;
      for (Sums part : parts) {
        sum += part.statistics()[s][i];
      }
      values[i] = keep * values[i] + (1 - keep) * (sum / weight);
    }
  }

  /** Divides each stretch of [from, to) by the weight that it belongs to. */
  private static void divide(Term term, double[] weight, float[] sum, int from, int to) {
    int stretch = (term.to() - term.from()) / weight.length;
    for (int i = from; i < to; ) {
      int unit = (i - term.from()) / stretch;
      int end = Math.min(to, term.from() + (unit + 1) * stretch);
      float factor = weight[unit] == 0 ? 0f : (float) (1 / weight[unit]);
      VectorMath.scaleInPlace(sum, i, end - i, factor);
      i = end;
    }
  }
}
