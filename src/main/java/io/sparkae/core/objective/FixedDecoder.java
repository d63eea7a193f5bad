package io.sparkae.core.objective;

import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.graph.Node;
import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * The decoder of a trained net as a search for codes sees it: its parameters stay as they are.
 *
 * @param codeSize numbers of a code
 * @param features of a row
 * @param loss what compares its rows with others
 * @param nats what a unit of that loss is of −log p(x|z), up to a constant; empty where the net
 *     says nothing of it
 * @param layers adds the layers behind codes: what they give is what the loss takes
 */
public record FixedDecoder(
    int codeSize, int features, LossKind loss, OptionalDouble nats, Layers layers) {
  /** Adds a decoder to a graph. */
  @FunctionalInterface
  public interface Layers extends Serializable {
    /**
     * {@return the node of the loss's input: rows × features, logits for the cross-entropy}
     *
     * @param graph that the layers are added to
     * @param codes rows × code size
     */
    Node add(Graph graph, Node codes);
  }

  /**
   * {@return the decoder of an autoencoder, whose cross-entropy is −log p(x|z)}
   *
   * @param network the layers
   */
  public static FixedDecoder of(AutoencoderNetwork network) {
    LossKind loss = network.settings().loss();
    return new FixedDecoder(
        network.settings().codeSize(),
        network.inputs(),
        loss,
        loss == LossKind.CROSS_ENTROPY ? OptionalDouble.of(1) : OptionalDouble.empty(),
        network::fixedDecoderForLoss);
  }

  /**
   * {@return the decoder of a variational autoencoder}
   *
   * @param network the layers
   */
  public static FixedDecoder of(VariationalNetwork network) {
    VariationalSettings settings = network.settings();
    Likelihood likelihood = settings.likelihood();
    return new FixedDecoder(
        settings.codeSize(),
        network.inputs(),
        likelihood.loss(),
        OptionalDouble.of(likelihood.factor(settings.deviation())),
        network::fixedDecoderForLoss);
  }

  /**
   * {@return what a unit of the loss is of −log p(x|z)}: as the net says, or, of deviations that
   * are normal and as wide as they were seen to be, features / (2·mean loss)
   *
   * @param meanLoss of rows that the net knows, summed over features, positive
   */
  public double nats(double meanLoss) {
    return nats.orElse(features / (2 * meanLoss));
  }
}
