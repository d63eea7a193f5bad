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

  /**
   * A pass over the rows that {@code minibatch} holds.
   *
   * @param minibatch where the rows will be put
   * @param random streams of the training's seed
   */
  public Pass(Minibatch minibatch, RandomStreams random) {
    this.minibatch = minibatch;
    this.random = random;
  }

  /**
   * Sets what changes from step to step.
   *
   * @param newParameters the flat vector
   * @param newStatistics in the order in which the objective declares them
   * @param newEpoch epoch, from 0
   * @param newProgress part of the training that is done, in [0, 1)
   */
  public void set(
      float[] newParameters, double[][] newStatistics, int newEpoch, double newProgress) {
    this.parameters = newParameters;
    this.statistics = newStatistics;
    this.epoch = newEpoch;
    this.progress = newProgress;
  }

  /** {@return the rows} */
  public Minibatch minibatch() {
    return minibatch;
  }

  /** {@return rows in the minibatch} */
  public int rows() {
    return minibatch.rows();
  }

  /** {@return the flat parameter vector} */
  public float[] parameters() {
    return parameters;
  }

  /** {@return the statistics in the order in which the objective declares them} */
  public double[][] statistics() {
    return statistics;
  }

  /** {@return epoch, from 0} */
  public int epoch() {
    return epoch;
  }

  /**
   * Says whether the pass trains: only then is there noise.
   *
   * @param value whether it trains; at first it does
   */
  public void setTraining(boolean value) {
    this.training = value;
  }

  /** {@return whether the pass trains; if not, it uses the model as it is} */
  public boolean isTraining() {
    return training;
  }

  /** {@return part of the training that is done, in [0, 1)} */
  public double progress() {
    return progress;
  }

  /** {@return streams keyed by site, epoch and row index} */
  public RandomStreams random() {
    return random;
  }
}
