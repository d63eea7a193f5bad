package io.sparkae.core.objective;

import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/** A summand of the loss beside the reconstruction. */
abstract class Penalty extends Node {
  private final String lossName;
  private double sum;

  Penalty(String lossName, int width, float[] value, float[] gradient) {
    super(width, value, gradient);
    this.lossName = lossName;
  }

  /** Its name among the losses. */
  final String lossName() {
    return lossName;
  }

  /** The penalty of the last forward pass, summed over its rows, or counted once for each. */
  final double sum() {
    return sum;
  }

  /** Adds the sums of the statistics that it needs, which are those of the objective. */
  void addStatistics(Pass pass, Sums sums) {}

  final void setSum(double value) {
    this.sum = value;
  }
}
