package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Initializer;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a variational autoencoder: from a row to the means and log-variances of its
 * posterior q(z|x) = N(μ, σ²), and from a code to the row's distribution p(x|z). Source: Kingma and
 * Welling 2013.
 */
public final class VariationalNetwork implements Serializable {
  private static final long serialVersionUID = 1L;

  private final VariationalSettings settings;
  private final int inputs;
  private final ParameterLayout layout = new ParameterLayout();
  private final DenseLayers encoder;
  private final ParameterSlice posteriorWeight;
  private final ParameterSlice posteriorBias;
  private final DenseLayers decoder;

  /**
   * The layers for rows of {@code inputs} features.
   *
   * @param inputs features of a row, at least 1
   * @param settings shape and bound
   */
  public VariationalNetwork(int inputs, VariationalSettings settings) {
    this.settings = settings;
    this.inputs = inputs;
    encoder = new DenseLayers("encoder", inputs, settings.encoderLayers(), layout);
    int hidden = encoder.width(encoder.count());
    int codeSize = settings.codeSize();
    posteriorWeight = layout.add("posterior.weight", hidden, 2 * codeSize, Initializer.XAVIER);
    posteriorBias = layout.add("posterior.bias", 1, 2 * codeSize, Initializer.ZERO);
    List<Integer> widths = new ArrayList<>(settings.decoderLayers());
    widths.add(inputs);
    decoder = new DenseLayers("decoder", codeSize, widths, layout);
  }

  /** {@return shape and bound} */
  public VariationalSettings settings() {
    return settings;
  }

  /** {@return features of a row} */
  public int inputs() {
    return inputs;
  }

  /** {@return the parameters} */
  public ParameterLayout layout() {
    return layout;
  }

  /** {@return W of the encoder's first layer, inputs × units: the filters} */
  public ParameterSlice firstWeight() {
    return encoder.count() > 0 ? encoder.weight(0) : posteriorWeight;
  }

  /** Adds the encoder; the node is rows × 2·code size: all means, then all log-variances. */
  Node posterior(Graph graph, Node rows) {
    Node hidden = encoder.add(graph, rows, settings.activation(), settings.activation());
    return graph.affine(hidden, posteriorWeight, false, posteriorBias, Activation.LINEAR);
  }

  /** Adds the decoder; the node is what the likelihood's loss takes: logits, or means. */
  Node decoderForLoss(Graph graph, Node codes) {
    return decoder.add(graph, codes, settings.activation(), Activation.LINEAR);
  }

  /** The same of parameters that stay as they are. */
  Node fixedDecoderForLoss(Graph graph, Node codes) {
    return decoder.addFixed(graph, codes, settings.activation(), Activation.LINEAR);
  }

  /** Adds the decoder; the node is the mean of each feature. */
  Node decoder(Graph graph, Node codes) {
    return decoder.add(graph, codes, settings.activation(), settings.likelihood().mean());
  }
}
