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

/** The layers of a classifier: an encoder, which may have no layers, and the logits z = h·W + b. */
public final class ClassifierNetwork implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ClassifierSettings settings;
  private final ParameterLayout layout = new ParameterLayout();
  private final DenseEncoder encoder;
  private final ParameterSlice weight;
  private final ParameterSlice bias;

  /**
   * The layers for rows of {@code inputs} features; the slices of the encoder come first, as an
   * autoencoder's do.
   *
   * @param inputs features of a row, at least 1
   * @param settings shape and loss
   */
  public ClassifierNetwork(int inputs, ClassifierSettings settings) {
    this.settings = settings;
    encoder = new DenseEncoder(inputs, settings.encoder(), layout);
    int codeSize = encoder.width(encoder.layers());
    weight = layout.add("head.weight", codeSize, settings.outputs(), Initializer.ZERO);
    bias = layout.add("head.bias", 1, settings.outputs(), Initializer.ZERO);
  }

  /** {@return shape and loss} */
  public ClassifierSettings settings() {
    return settings;
  }

  /** {@return the parameters} */
  public ParameterLayout layout() {
    return layout;
  }

  /** {@return features of a row} */
  public int inputs() {
    return encoder.width(0);
  }

  /** {@return W of the head, code size × outputs} */
  public ParameterSlice headWeight() {
    return weight;
  }

  /** {@return b of the head, 1 × outputs} */
  public ParameterSlice headBias() {
    return bias;
  }

  /** Every weight matrix, no biases. */
  List<ParameterSlice> weights() {
    List<ParameterSlice> weights = new ArrayList<>(encoder.weights());
    weights.add(weight);
    return weights;
  }

  /** Adds all layers with their noise; the node is the logits. */
  Node logits(Graph graph, Node input, Noise noise) {
    Node node = encoder.add(graph, input, noise);
    double dropped = encoder.layers() > 0 ? noise.dropoutBelowHead() : noise.codeDropout();
    node = DenseEncoder.dropout(graph, node, dropped, DenseEncoder.CODE_SITE);
    return graph.affine(node, weight, false, bias, Activation.LINEAR);
  }
}
