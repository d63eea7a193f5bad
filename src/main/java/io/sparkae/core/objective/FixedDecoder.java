package io.sparkae.core.objective;

import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.graph.Node;
import java.io.Serializable;

/**
 * The decoder of a trained net as a search for codes sees it: its parameters stay as they are.
 *
 * @param codeSize numbers of a code
 * @param features of a row
 * @param loss what compares its rows with others
 * @param nats what a unit of that loss is of −log p(x|z), up to a constant; 0 where the net was not
 *     trained for that
 * @param code adds the code behind the sums that its units take, which are searched; of linear
 *     units that is the same
 * @param layers adds the layers behind codes: what they give is what the loss takes
 */
public record FixedDecoder(
    int codeSize, int features, LossKind loss, double nats, Layers code, Layers layers)
    implements Serializable {
  private static final double TINY = 1e-9;

  /** Adds layers to a graph. */
  @FunctionalInterface
  public interface Layers extends Serializable {
    /**
     * {@return the node of the code, or of the loss's input: rows × features, logits for the
     * cross-entropy}
     *
     * @param graph that the layers are added to
     * @param input rows × code size
     */
    Node add(Graph graph, Node input);
  }

  /**
   * {@return the decoder of an autoencoder}
   *
   * @param network the layers
   */
  public static FixedDecoder of(AutoencoderNetwork network) {
    return new FixedDecoder(
        network.settings().codeSize(),
        network.inputs(),
        network.settings().loss(),
        0,
        network::codeOfSums,
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
        likelihood.factor(settings.deviation()),
        (graph, means) -> means,
        network::fixedDecoderForLoss);
  }

  /**
   * {@return what a unit of the loss is of −log p(x|z)}: as the net says; else m/v, by which the
   * losses of rows, of mean m and variance v, are like halves of χ² with as many degrees of freedom
   * as they show (Satterthwaite 1946), and of the cross-entropy at least 1, as of coins that are
   * tossed
   *
   * @param mean of the losses of rows that the net knows, each less the least that it can be
   * @param variance of these
   */
  public double nats(double mean, double variance) {
    if (nats > 0) {
      return nats;
    }
    double most = features / (2 * Math.max(TINY, mean)); // of as many degrees as there are features
    double seen = variance > 0 ? Math.min(most, mean / variance) : most;
    return loss == LossKind.CROSS_ENTROPY ? Math.max(1, seen) : seen;
  }

  /**
   * {@return the least loss that a row can have: of the cross-entropy −Σ x log x + (1 − x) log(1 −
   * x), else 0}
   *
   * @param row features; NaN counts nothing
   */
  public double leastLoss(float[] row) {
    double sum = 0;
    for (int i = 0; i < row.length && loss == LossKind.CROSS_ENTROPY; i++) {
      if (row[i] > 0 && row[i] < 1) {
        sum -= row[i] * Math.log(row[i]) + (1 - row[i]) * Math.log1p(-row[i]);
      }
    }
    return sum;
  }
}
