package io.sparkae.core.objective;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Initializer;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a dense autoencoder: h = f(x·W1 + b1), x̂ = g(h·W2 + b2), any number of times over,
 * the decoder the encoder's mirror. Source: Hinton and Salakhutdinov 2006.
 */
public final class AutoencoderNetwork implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int INPUT_SITE = Corruption.SITE + 1;
  private static final int CODE_SITE = Corruption.SITE + 2;

  /** Of the first hidden layer; the others follow along the chain. */
  private static final int HIDDEN_SITE = Corruption.SITE + 16;

  private final AutoencoderSettings settings;
  private final int[] widths;
  private final ParameterLayout layout = new ParameterLayout();
  private final ParameterSlice[] encoderWeights;
  private final ParameterSlice[] encoderBiases;
  private final ParameterSlice[] decoderWeights;
  private final ParameterSlice[] decoderBiases;

  /**
   * The layers for rows of {@code inputs} features.
   *
   * @param inputs features of a row, at least 1
   * @param settings shape and loss
   */
  public AutoencoderNetwork(int inputs, AutoencoderSettings settings) {
    this.settings = settings;
    int layers = settings.hiddenLayers().size() + 1;
    widths = new int[layers + 1];
    widths[0] = inputs;
    for (int i = 1; i < layers; i++) {
      widths[i] = settings.hiddenLayers().get(i - 1);
    }
    widths[layers] = settings.codeSize();
    encoderWeights = new ParameterSlice[layers];
    encoderBiases = new ParameterSlice[layers];
    decoderWeights = new ParameterSlice[layers];
    decoderBiases = new ParameterSlice[layers];
    for (int i = 0; i < layers; i++) {
      encoderWeights[i] =
          layout.add("encoder." + i + ".weight", widths[i], widths[i + 1], Initializer.XAVIER);
      encoderBiases[i] = layout.add("encoder." + i + ".bias", 1, widths[i + 1], Initializer.ZERO);
    }
    for (int i = 0; i < layers; i++) {
      int from = layers - i;
      decoderWeights[i] =
          settings.tiedWeights()
              ? encoderWeights[from - 1]
              : layout.add(
                  "decoder." + i + ".weight", widths[from], widths[from - 1], Initializer.XAVIER);
      decoderBiases[i] =
          layout.add("decoder." + i + ".bias", 1, widths[from - 1], Initializer.ZERO);
    }
  }

  /** {@return shape and loss} */
  public AutoencoderSettings settings() {
    return settings;
  }

  /** {@return the parameters} */
  public ParameterLayout layout() {
    return layout;
  }

  /** {@return features of a row} */
  public int inputs() {
    return widths[0];
  }

  /** The weights of the first layer. */
  ParameterSlice firstWeight() {
    return encoderWeights[0];
  }

  /** {@return every weight matrix once, no biases} */
  public List<ParameterSlice> weights() {
    List<ParameterSlice> weights = new ArrayList<>(List.of(encoderWeights));
    if (!settings.tiedWeights()) {
      weights.addAll(List.of(decoderWeights));
    }
    return weights;
  }

  /**
   * {@return multiply-adds of one row's forward and backward pass, counted as two operations each}
   */
  public double flopsPerTrainedRow() {
    double products = 0;
    for (int i = 1; i < widths.length; i++) {
      products += 2.0 * widths[i - 1] * widths[i]; // encoder and decoder layer
    }
    // forward, weight gradient, input gradient; the last is never computed for the first layer
    return 2 * (3 * products - (double) widths[0] * widths[1]);
  }

  /**
   * Adds the encoder of the trained model; the node is the code.
   *
   * @param graph the graph that the layers are added to
   * @param input rows × features
   * @return the code, rows × code size
   */
  public Node encoder(Graph graph, Node input) {
    return encoder(graph, input, Noise.NONE);
  }

  /** Adds the encoder with its noise between input and code. */
  Node encoder(Graph graph, Node input, Noise noise) {
    Node node = noise.corruption().add(graph, input, noise.corruptionLevel());
    node = dropout(graph, node, noise.inputDropout(), INPUT_SITE);
    int last = encoderWeights.length - 1;
    for (int i = 0; i <= last; i++) {
      Activation activation = i == last ? settings.codeActivation() : settings.activation();
      node = graph.affine(node, encoderWeights[i], false, encoderBiases[i], activation);
      node = i == last ? node : dropout(graph, node, noise.hiddenDropout(), HIDDEN_SITE + i);
    }
    return settings.kSparsity().isActive()
        ? graph.add(new KSparse(graph.minibatch().capacity(), node, settings.kSparsity()))
        : node;
  }

  private static Node dropout(Graph graph, Node node, double probability, int site) {
    return probability > 0 ? Mask.dropout(graph, node, probability, site) : node;
  }

  /**
   * Adds the decoder of the trained model; the node is the reconstruction.
   *
   * @param graph the graph that the layers are added to
   * @param code rows × code size
   * @return the reconstruction, rows × features
   */
  public Node decoder(Graph graph, Node code) {
    return decoder(graph, code, settings.outputActivation(), Noise.NONE);
  }

  /**
   * Adds the decoder with its noise as the loss wants it: its logits where the loss holds the
   * sigmoid itself.
   */
  Node decoderForLoss(Graph graph, Node code, Noise noise) {
    return decoder(
        graph,
        code,
        settings.loss() == LossKind.CROSS_ENTROPY ? Activation.LINEAR : settings.outputActivation(),
        noise);
  }

  private Node decoder(Graph graph, Node code, Activation output, Noise noise) {
    Node node = dropout(graph, code, noise.codeDropout(), CODE_SITE);
    int last = decoderWeights.length - 1;
    for (int i = 0; i <= last; i++) {
      Activation activation = i == last ? output : settings.activation();
      node =
          graph.affine(
              node, decoderWeights[i], settings.tiedWeights(), decoderBiases[i], activation);
      int site = HIDDEN_SITE + last + 1 + i;
      node = i == last ? node : dropout(graph, node, noise.hiddenDropout(), site);
    }
    return node;
  }
}
