package io.sparkae.ml;

import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderRunner;
import io.sparkae.core.train.RawFloats;
import io.sparkae.core.train.RowProgram;
import java.util.Arrays;

/**
 * Makes codes of packed rows, to train something else on.
 *
 * @param network whose encoder it is
 * @param sparse whether rows come as their non-zero elements
 * @param parameters the trained weights of the encoder, in the network's layout
 */
public record EncoderProgram(AutoencoderNetwork network, boolean sparse, RawFloats parameters)
    implements RowProgram {
  /**
   * The encoder of a trained net.
   *
   * @param network whose encoder it is
   * @param sparse whether rows come as their non-zero elements
   * @param parameters the trained weights, in the network's layout, of which the encoder's travel
   */
  public EncoderProgram(AutoencoderNetwork network, boolean sparse, float[] parameters) {
    this(network, sparse, new RawFloats(Arrays.copyOf(parameters, network.encoderEnd())));
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
        AutoencoderRunner.encoder(network, parameters.values(), sparse, capacity, false);
    return RowProgram.batch(runner.minibatch(), runner::run, runner::codes);
  }
}
