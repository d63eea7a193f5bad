package io.sparkae.ml;

import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
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
    return new EncoderProgram(network, sparse, trained);
  }

  @Override
  public void unroll(float[] trained, AutoencoderNetwork net, int layer, float[] weights) {
    int decoderLayer = net.encoder().layers() - 1 - layer;
    network.encoder().weight(0).copy(trained, net.encoder().weight(layer), weights);
    network.encoder().bias(0).copy(trained, net.encoder().bias(layer), weights);
    if (!net.settings().tiedWeights()) {
      network.decoderWeight(0).copy(trained, net.decoderWeight(decoderLayer), weights);
    }
    network.decoderBias(0).copy(trained, net.decoderBias(decoderLayer), weights);
  }
}
