package io.sparkae.core.objective;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.random.RandomStreams;
import java.util.List;

/**
 * A trained restricted Boltzmann machine at work on batches of rows. Used by one thread at a time.
 */
public final class RbmRunner {
  private final RbmNetwork network;
  private final float[] parameters;
  private final Minibatch minibatch;
  private final GibbsChain chain;
  private final float[] data;
  private final float[] scaled;
  private final float[] inputs;
  private final float[] hidden;

  /**
   * Buffers for up to {@code capacity} rows.
   *
   * @param network the machine
   * @param parameters flat vector of the network's layout
   * @param capacity the most rows in a batch
   */
  public RbmRunner(RbmNetwork network, float[] parameters, int capacity) {
    this.network = network;
    this.parameters = parameters;
    this.minibatch =
        new Minibatch(List.of(ColumnSpec.dense(ColumnSpec.FEATURES, network.visible())), capacity);
    this.chain = new GibbsChain(network, capacity);
    this.data = minibatch.column(ColumnSpec.FEATURES).values();
    this.scaled = new float[data.length];
    this.inputs = new float[Math.multiplyExact(capacity, network.hidden())];
    this.hidden = new float[inputs.length];
  }

  /** {@return where the rows go} */
  public Minibatch minibatch() {
    return minibatch;
  }

  /** Goes up to the hidden units. */
  public void run() {
    int rows = minibatch.rows();
    network.scaleByDeviation(data, rows, scaled);
    network.hiddenInputs(parameters, scaled, rows, inputs);
    System.arraycopy(inputs, 0, hidden, 0, rows * network.hidden());
    network.settings().hiddenType().meanInPlace(hidden, rows * network.hidden());
  }

  /** {@return means of the hidden units, rows × hidden: probabilities of bernoulli ones} */
  public float[] hidden() {
    return hidden;
  }

  /**
   * After {@link #run()}: means of the visible units given those of the hidden ones.
   *
   * @return rows × visible, row-major
   */
  public float[] reconstruct() {
    chain.runMeans(parameters, hidden, minibatch.rows());
    return chain.visible();
  }

  /**
   * After {@link #run()}: the free energy of one row.
   *
   * @param row place of the row in the minibatch, from 0
   * @return F of the row
   */
  public double freeEnergy(int row) {
    return network.freeEnergy(parameters, data, inputs, row);
  }

  /**
   * After {@link #run()}: where k Gibbs steps lead to from the rows: the means of the visible units
   * given the last drawn hidden ones, or where the machine's chain draws visible units ({@code
   * sampleVisible}) a draw of them.
   *
   * @param random of the draws, keyed by the minibatch's row indices
   * @param steps k, at least 1
   * @return rows × visible, row-major
   */
  public float[] sample(RandomStreams random, int steps) {
    chain.run(parameters, hidden, minibatch, random, 0, steps);
    return chain.visible();
  }
}
