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

  private final AutoencoderSettings settings;
  private final ParameterLayout layout;
  private final DenseEncoder encoder;
  private final ParameterSlice[] decoderWeights;
  private final ParameterSlice[] decoderBiases;

  /**
   * The layers for rows of {@code inputs} features.
   *
   * @param inputs features of a row, at least 1
   * @param settings shape and loss
   */
  public AutoencoderNetwork(int inputs, AutoencoderSettings settings) {
    this(inputs, settings, new ParameterLayout());
  }

  /** With slices at the end of a layout that others share. */
  AutoencoderNetwork(int inputs, AutoencoderSettings settings, ParameterLayout layout) {
    this.settings = settings;
    this.layout = layout;
    encoder = new DenseEncoder(inputs, settings.encoder(), layout);
    int layers = encoder.layers();
    decoderWeights = new ParameterSlice[layers];
    decoderBiases = new ParameterSlice[layers];
    for (int i = 0; i < layers; i++) {
      int from = layers - i;
      decoderWeights[i] =
          settings.tiedWeights()
              ? encoder.weight(from - 1)
              : layout.add(
                  "decoder." + i + ".weight",
                  encoder.width(from),
                  encoder.width(from - 1),
                  Initializer.XAVIER);
      decoderBiases[i] =
          layout.add("decoder." + i + ".bias", 1, encoder.width(from - 1), Initializer.ZERO);
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

  /** {@return how many of the layout's first parameters hold all of the encoder's} */
  public int encoderEnd() {
    int last = encoder.layers() - 1;
    return last < 0 ? 0 : Math.max(encoder.weight(last).end(), encoder.bias(last).end());
  }

  /** {@return features of a row} */
  public int inputs() {
    return encoder.width(0);
  }

  /** {@return the layers from the input to the code} */
  public DenseEncoder encoder() {
    return encoder;
  }

  /**
   * {@return the weights that a layer of the decoder reads: the encoder's own, to be transposed, if
   * they are tied, else out × in of the encoder's layer}
   *
   * @param layer number of the decoder's layer, from 0 behind the code
   */
  public ParameterSlice decoderWeight(int layer) {
    return decoderWeights[layer];
  }

  /**
   * {@return b of a layer of the decoder}
   *
   * @param layer number of the decoder's layer, from 0 behind the code
   */
  public ParameterSlice decoderBias(int layer) {
    return decoderBiases[layer];
  }

  /** {@return every weight matrix once, no biases} */
  public List<ParameterSlice> weights() {
    List<ParameterSlice> weights = new ArrayList<>(encoder.weights());
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
    for (int i = 0; i < encoder.layers(); i++) {
      products += 2.0 * encoder.weight(i).length(); // encoder and decoder layer
    }
    // forward, weight gradient, input gradient; the last is never computed for the first layer
    return 2 * (3 * products - encoder.weight(0).length());
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
    return encoder.add(graph, input, noise);
  }

  /**
   * Adds the decoder of the trained model; the node is the reconstruction.
   *
   * @param graph the graph that the layers are added to
   * @param code rows × code size
   * @return the reconstruction, rows × features
   */
  public Node decoder(Graph graph, Node code) {
    return decoder(graph, code, settings.outputActivation(), Noise.NONE, true);
  }

  /**
   * Adds the decoder with its noise as the loss wants it: its logits where the loss holds the
   * sigmoid itself.
   */
  Node decoderForLoss(Graph graph, Node code, Noise noise) {
    return decoder(graph, code, lossOutput(), noise, true);
  }

  /** {@return the same layers, with the sums that the code's units take as the code} */
  public AutoencoderNetwork ofSums() {
    return new AutoencoderNetwork(inputs(), settings.ofSums());
  }

  /** Adds what the code's units make of the sums that they take; the node is the code. */
  Node codeOfSums(Graph graph, Node sums) {
    boolean sparse = settings.kSparsity().isActive();
    if (settings.codeActivation() == Activation.LINEAR && !sparse) {
      return sums;
    }
    Node code = graph.add(new Activated(sums, settings.codeActivation()));
    return sparse
        ? graph.add(new KSparse(graph.minibatch().capacity(), code, settings.kSparsity()))
        : code;
  }

  /** The same without noise, of parameters that stay as they are. */
  Node fixedDecoderForLoss(Graph graph, Node code) {
    return decoder(graph, code, lossOutput(), Noise.NONE, false);
  }

  private Activation lossOutput() {
    return settings.loss() == LossKind.CROSS_ENTROPY
        ? Activation.LINEAR
        : settings.outputActivation();
  }

  private Node decoder(Graph graph, Node code, Activation output, Noise noise, boolean trained) {
    Node node = DenseEncoder.dropout(graph, code, noise.codeDropout(), DenseEncoder.CODE_SITE);
    int last = decoderWeights.length - 1;
    for (int i = 0; i <= last; i++) {
      Activation activation = i == last ? output : settings.activation();
      boolean tied = settings.tiedWeights();
      node =
          trained
              ? graph.affine(node, decoderWeights[i], tied, decoderBiases[i], activation)
              : graph.fixedAffine(node, decoderWeights[i], tied, decoderBiases[i], activation);
      if (i < last) {
        int site = DenseEncoder.HIDDEN_SITE + last + 1 + i;
        node = DenseEncoder.dropout(graph, node, noise.hiddenDropout(), site);
      }
    }
    return node;
  }
}
