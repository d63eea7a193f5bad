package io.sparkae.core.graph;

import io.sparkae.core.random.RandomStreams;

/** What one forward and backward pass reads: refilled for every minibatch, never reallocated. */
public final class Pass {
  private final Minibatch minibatch;
  private final RandomStreams random;
  private float[] parameters = {};
  private double[][] statistics = {};
  private int epoch;
  private double progress;
  private boolean training = true;

  /** A pass over the rows that {@code minibatch} holds. */
  public Pass(Minibatch minibatch, RandomStreams random) {
    this.minibatch = minibatch;
    this.random = random;
  }

  /** Sets what changes from step to step. */
  public void set(
      float[] newParameters, double[][] newStatistics, int newEpoch, double newProgress) {
    this.parameters = newParameters;
    this.statistics = newStatistics;
    this.epoch = newEpoch;
    this.progress = newProgress;
  }

  /** The rows. */
  public Minibatch minibatch() {
    return minibatch;
  }

  /** Rows in the minibatch. */
  public int rows() {
    return minibatch.rows();
  }

  /** The flat parameter vector. */
  public float[] parameters() {
    return parameters;
  }

  /** The statistics in the order in which the objective declares them. */
  public double[][] statistics() {
    return statistics;
  }

  /** Epoch, from 0. */
  public int epoch() {
    return epoch;
  }

  /** Says whether the pass trains: only then is there noise. */
  public void setTraining(boolean value) {
    this.training = value;
  }

  /** Whether the pass trains; if not, it uses the model as it is. */
  public boolean isTraining() {
    return training;
  }

  /** Part of the training that is done, in [0, 1). */
  public double progress() {
    return progress;
  }

  /** Streams keyed by site, epoch and row index. */
  public RandomStreams random() {
    return random;
  }
}
