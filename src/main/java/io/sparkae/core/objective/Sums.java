package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import java.util.Arrays;
import java.util.List;

/** Everything that a minibatch contributes, summed over its rows and not yet divided. */
public final class Sums {
  private final Direction[] directions;
  private final float[][] elements;
  private final double[][] weights;
  private final double[] losses;
  private final double[][] statistics;

  /**
   * Room for the sums that an objective declares.
   *
   * @param objective what declares them
   */
  public Sums(Objective objective) {
    this(
        objective,
        objective.terms().stream()
            .map(term -> new Direction(objective.layout().size()))
            .toArray(Direction[]::new));
  }

  private Sums(Objective objective, Direction[] directions) {
    this.directions = directions;
    this.elements = new float[directions.length][];
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
    return new Sums(objective, new Direction[0]);
  }

  /** Zeroes weights, losses and statistics; whoever computes a direction overwrites it. */
  public void clear() {
    for (Direction direction : directions) {
      direction.forget();
    }
    Arrays.fill(losses, 0);
    for (double[] weight : weights) {
      Arrays.fill(weight, 0);
    }
    for (double[] statistic : statistics) {
      Arrays.fill(statistic, 0);
    }
  }

  /** Zeroes the directions as well: the contribution of no rows. */
  public void clearToZero() {
    clear();
    for (Direction direction : directions) {
      direction.setZero();
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
   * {@return the direction of each term, as long as the parameters, with all that its backward pass
   * has left to be computed; outside the term's range meaningless}
   */
  public float[][] directions() {
    for (int t = 0; t < directions.length; t++) {
      elements[t] = directions[t].elements();
    }
    return elements;
  }

  /**
   * {@return the direction of a term; outside the term's range meaningless}
   *
   * @param term place of the term in the objective's order
   */
  public Direction direction(int term) {
    return directions[term];
  }

  /** {@return the number of terms} */
  public int terms() {
    return directions.length;
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
