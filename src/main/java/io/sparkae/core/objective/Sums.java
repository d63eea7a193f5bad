package io.sparkae.core.objective;

import java.util.Arrays;
import java.util.List;

/** Everything that a minibatch contributes, summed over its rows and not yet divided. */
public final class Sums {
  private final float[][] directions;
  private final double[][] weights;
  private final double[] losses;
  private final double[][] statistics;

  /**
   * Room for the sums that an objective declares.
   *
   * @param objective what declares them
   */
  public Sums(Objective objective) {
    this(objective, new float[objective.terms().size()][objective.layout().size()]);
  }

  private Sums(Objective objective, float[][] directions) {
    this.directions = directions;
    this.weights =
        objective.weights().stream().map(w -> new double[w.length()]).toArray(double[][]::new);
    this.losses = new double[objective.losses().size()];
    this.statistics =
        objective.statistics().stream().map(s -> new double[s.length()]).toArray(double[][]::new);
  }

  /**
   * {@return room for all but the directions, which are none}
   *
   * @param objective what declares them
   */
  public static Sums withoutDirections(Objective objective) {
    return new Sums(objective, new float[0][]);
  }

  /** Zeroes weights, losses and statistics; whoever computes a direction overwrites it. */
  public void clear() {
    Arrays.fill(losses, 0);
    for (double[] weight : weights) {
      Arrays.fill(weight, 0);
    }
    for (double[] statistic : statistics) {
      Arrays.fill(statistic, 0);
    }
  }

  /** Zeroes the directions as well: the contribution of no rows. */
  public void clearAll() {
    clear();
    for (float[] direction : directions) {
      Arrays.fill(direction, 0f);
    }
  }

  /**
   * Adds weights, losses and statistics of another minibatch; directions are left to the caller.
   *
   * @param other sums of the same objective
   */
  public void addScalars(Sums other) {
    add(losses, other.losses);
    for (int i = 0; i < weights.length; i++) {
      add(weights[i], other.weights[i]);
    }
    for (int i = 0; i < statistics.length; i++) {
      add(statistics[i], other.statistics[i]);
    }
  }

  private static void add(double[] target, double[] source) {
    for (int i = 0; i < target.length; i++) {
      target[i] += source[i];
    }
  }

  /**
   * {@return the direction of each term, as long as the parameters; outside the term's range
   * meaningless}
   */
  public float[][] directions() {
    return directions;
  }

  /** {@return the weights in the objective's order} */
  public double[][] weights() {
    return weights;
  }

  /** {@return the losses in the objective's order} */
  public double[] losses() {
    return losses;
  }

  /** {@return the statistics' sums in the objective's order} */
  public double[][] statistics() {
    return statistics;
  }

  /**
   * {@return the place of a weight's name in the objective's order}
   *
   * @param specs the objective's weights
   * @param name name of one of them
   */
  public static int weightIndex(List<WeightSpec> specs, String name) {
    for (int i = 0; i < specs.size(); i++) {
      if (specs.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("the objective declares no weight " + name);
  }
}
