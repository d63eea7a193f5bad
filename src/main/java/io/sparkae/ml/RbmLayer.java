package io.sparkae.ml;

import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.RbmNetwork;
import io.sparkae.core.objective.RbmObjective;
import io.sparkae.core.objective.RbmRunner;
import io.sparkae.core.train.RowProgram;
import io.sparkae.core.train.TrainingSettings;

/**
 * A layer that is trained as a restricted Boltzmann machine; the decoder gets its weights
 * transposed, and the biases of its visible units.
 *
 * @param network the machine
 * @param settings how it is trained
 */
record RbmLayer(RbmNetwork network, TrainingSettings settings) implements LayerPlan {
  @Override
  public Objective objective() {
    return new RbmObjective(network, false);
  }

  @Override
  public RowProgram program(float[] trained) {
    return new Encoder(network, trained);
  }

  @Override
  public void unroll(float[] trained, AutoencoderNetwork net, int layer, float[] weights) {
    int decoderLayer = net.encoder().layers() - 1 - layer;
    network.weight().copy(trained, net.encoder().weight(layer), weights);
    network.hiddenBias().copy(trained, net.encoder().bias(layer), weights);
    if (!net.settings().tiedWeights()) {
      transpose(network.weight(), trained, net.decoderWeight(decoderLayer), weights);
    }
    network.visibleBias().copy(trained, net.decoderBias(decoderLayer), weights);
  }

  private static void transpose(
      ParameterSlice from, float[] source, ParameterSlice to, float[] target) {
    for (int row = 0; row < from.rows(); row++) {
      for (int column = 0; column < from.columns(); column++) {
        target[to.offset() + column * to.columns() + row] =
            source[from.offset() + row * from.columns() + column];
      }
    }
  }

  /** Makes means of the hidden units of rows. */
  static final class Encoder implements RowProgram {
    private static final long serialVersionUID = 1L;

    private final RbmNetwork network;
    private final float[] parameters;

    Encoder(RbmNetwork network, float[] parameters) {
      this.network = network;
      this.parameters = parameters;
    }

    @Override
    public int inputs() {
      return network.visible();
    }

    @Override
    public int width() {
      return network.hidden();
    }

    @Override
    public Batch open(int capacity) {
      RbmRunner runner = new RbmRunner(network, parameters, capacity);
      return RowProgram.batch(runner.minibatch(), runner::run, runner::hidden);
    }
  }
}
