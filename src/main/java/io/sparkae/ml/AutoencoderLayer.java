package io.sparkae.ml;

import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderRunner;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.train.RowProgram;
import io.sparkae.core.train.TrainingSettings;

/**
 * A layer that is trained as an autoencoder of its own.
 *
 * @param network of one layer
 * @param sparse whether its inputs come as their non-zero elements
 * @param settings how it is trained
 */
record AutoencoderLayer(AutoencoderNetwork network, boolean sparse, TrainingSettings settings)
    implements LayerPlan {
  @Override
  public Objective objective() {
    return new AutoencoderObjective(network, sparse);
  }

  @Override
  public RowProgram program(float[] trained) {
    return new Encoder(network, sparse, trained);
  }

  @Override
  public void unroll(float[] trained, AutoencoderNetwork net, int layer, float[] weights) {
    int decoderLayer = net.encoder().layers() - 1 - layer;
    copy(network.encoder().weight(0), trained, net.encoder().weight(layer), weights);
    copy(network.encoder().bias(0), trained, net.encoder().bias(layer), weights);
    if (!net.settings().tiedWeights()) {
      copy(network.decoderWeight(0), trained, net.decoderWeight(decoderLayer), weights);
    }
    copy(network.decoderBias(0), trained, net.decoderBias(decoderLayer), weights);
  }

  /** Copies a slice of one flat vector to one of the same shape in another. */
  static void copy(ParameterSlice from, float[] source, ParameterSlice to, float[] target) {
    System.arraycopy(source, from.offset(), target, to.offset(), from.length());
  }

  /** Makes codes of rows. */
  static final class Encoder implements RowProgram {
    private static final long serialVersionUID = 1L;

    private final AutoencoderNetwork network;
    private final boolean sparse;
    private final float[] parameters;

    Encoder(AutoencoderNetwork network, boolean sparse, float[] parameters) {
      this.network = network;
      this.sparse = sparse;
      this.parameters = parameters;
    }

    @Override
    public int inputs() {
      return network.inputs();
    }

    @Override
    public int width() {
      return network.settings().codeSize();
    }

    @Override
    public Batch open(int capacity) {
      AutoencoderRunner runner =
          AutoencoderRunner.encoder(network, parameters, sparse, capacity, false);
      return new Batch() {
        @Override
        public Minibatch minibatch() {
          return runner.minibatch();
        }

        @Override
        public void run() {
          runner.run();
        }

        @Override
        public float[] values() {
          return runner.codes();
        }
      };
    }
  }
}
