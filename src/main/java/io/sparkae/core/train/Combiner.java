package io.sparkae.core.train;

import io.sparkae.core.linalg.VectorMath;
import java.util.List;
import java.util.stream.IntStream;

/** Averages where replicas got to, weighted by their rows, in the order of the replicas. */
final class Combiner {
  /** Elements whose sums stay in the first-level cache. */
  private static final int PIECE = 2048;

  private Combiner() {}

  /** Whether there is something to average: rows, and no loss that stopped being finite. */
  static boolean isUsable(List<RoundResult> results) {
    return rows(results) > 0 && results.stream().allMatch(result -> result.breakdown() == null);
  }

  /** Moves {@code state}, all but its step count, to the average of where the replicas got to. */
  static void average(List<RoundResult> results, RoundState state) {
    RoundState[] states = states(results);
    double[] shares = shares(results);
    averageVectors(states, shares, state, results.get(0).precision().tellsDifferences());
    averageStatistics(states, shares, state);
  }

  /** The same for the statistics alone. */
  static void averageStatistics(List<RoundResult> results, RoundState state) {
    averageStatistics(states(results), shares(results), state);
  }

  private static long rows(List<RoundResult> results) {
    return results.stream().mapToLong(RoundResult::rows).sum();
  }

  private static RoundState[] states(List<RoundResult> results) {
    return results.stream()
        .filter(result -> result.rows() > 0)
        .map(RoundResult::state)
        .toArray(RoundState[]::new);
  }

  private static double[] shares(List<RoundResult> results) {
    long rows = rows(results);
    return results.stream()
        .filter(result -> result.rows() > 0)
        .mapToDouble(result -> (double) result.rows() / rows)
        .toArray();
  }

  private static void averageVectors(
      RoundState[] states, double[] shares, RoundState target, boolean differences) {
    float[][] sources = new float[states.length][];
    collect(states, sources, -1);
    average(sources, shares, target.parameters(), differences);
    for (int slot = 0; slot < target.optimizerState().length; slot++) {
      collect(states, sources, slot);
      average(sources, shares, target.optimizerState()[slot], differences);
    }
  }

  private static void averageStatistics(RoundState[] states, double[] shares, RoundState target) {
    for (int s = 0; s < target.statistics().length; s++) {
      double[] values = target.statistics()[s];
      for (int i = 0; i < values.length; i++) {
        double sum = 0;
        for (int r = 0; r < states.length; r++) {
          sum += shares[r] * states[r].statistics()[s][i];
        }
        values[i] = sum;
      }
    }
  }

  /** The parameters of each state (slot −1), or one vector of its optimizer. */
  private static void collect(RoundState[] states, float[][] sources, int slot) {
    for (int r = 0; r < states.length; r++) {
      sources[r] = slot < 0 ? states[r].parameters() : states[r].optimizerState()[slot];
    }
  }

  /** Moves the target by the average of differences, or to that of others. */
  private static void average(
      float[][] sources, double[] shares, float[] target, boolean differences) {
    if (sources.length == 1 && !differences) {
      System.arraycopy(sources[0], 0, target, 0, target.length);
      return;
    }
    int pieces = (target.length + PIECE - 1) / PIECE;
    IntStream.range(0, pieces)
        .parallel() // elements are independent
        .forEach(
            piece -> {
              int from = piece * PIECE;
              double[] sums = new double[Math.min(target.length - from, PIECE)];
              sum(sources, shares, sums, from);
              if (differences) {
                add(sums, target, from);
              } else {
                put(sums, target, from);
              }
            });
  }

  private static void sum(float[][] sources, double[] shares, double[] sums, int from) {
    for (int r = 0; r < sources.length; r++) {
      VectorMath.addScaledInPlace(sums, shares[r], sources[r], from);
    }
  }

  private static void put(double[] values, float[] target, int from) {
    for (int i = 0; i < values.length; i++) {
      target[from + i] = (float) values[i];
    }
  }

  /** Rounds what it adds first, as it does where the average comes over the wire. */
  private static void add(double[] values, float[] target, int from) {
    for (int i = 0; i < values.length; i++) {
      target[from + i] += (float) values[i];
    }
  }
}
