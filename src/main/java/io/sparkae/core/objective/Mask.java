package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Graph;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/**
 * In training, each element is 0 with probability p; the others are kept as they are (masking
 * noise, Vincent et al. 2008) or divided by 1 − p, so that the trained model needs no change
 * (dropout, Srivastava et al. 2014).
 */
final class Mask extends Node {
  private final Node input;
  private final float probability;
  private final float scale;
  private final int site;
  private final float[] factors;

  private Mask(int capacity, Node input, double probability, boolean scaled, int site) {
    super(
        input.width(),
        new float[Math.multiplyExact(capacity, input.width())],
        input.gradient() == null ? null : new float[Math.multiplyExact(capacity, input.width())]);
    this.input = input;
    this.probability = (float) probability;
    this.scale = scaled ? 1 / (1 - this.probability) : 1;
    this.site = site;
    this.factors = new float[Math.multiplyExact(capacity, input.width())];
  }

  /** Dropout of a layer or of the input, with the site of its random numbers. */
  static Node dropout(Graph graph, Node input, double probability, int site) {
    return add(graph, input, probability, true, site);
  }

  /** Masking noise. */
  static Node masking(Graph graph, Node input, double probability, int site) {
    return add(graph, input, probability, false, site);
  }

  private static Node add(Graph graph, Node input, double probability, boolean scaled, int site) {
    int capacity = graph.minibatch().capacity();
    return input.isSparse()
        ? graph.add(new SparseMask(capacity, input, probability, scaled, site))
        : graph.add(new Mask(capacity, input, probability, scaled, site));
  }

  @Override
  protected void forward(Pass pass) {
    int width = width();
    int length = pass.rows() * width;
    if (!pass.isTraining()) {
      System.arraycopy(input.value(), 0, value(), 0, length);
      return;
    }
    for (int row = 0; row < pass.rows(); row++) {
      long index = pass.minibatch().rowIndices()[row];
      pass.random().uniform(site, pass.epoch(), index, factors, row * width, width);
    }
    float[] x = input.value();
    float[] y = value();
    for (int i = 0; i < length; i++) {
      factors[i] = factors[i] < probability ? 0 : scale;
      y[i] = factors[i] * x[i];
    }
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    if (input.gradient() == null) {
      return;
    }
    float[] from = gradient();
    float[] to = input.gradient();
    for (int i = 0; i < pass.rows() * width(); i++) {
      to[i] = factors[i] * from[i];
    }
  }
}
