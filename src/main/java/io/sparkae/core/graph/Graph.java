package io.sparkae.core.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * A chain of operations over a minibatch, defined once and run for any number of rows up to the
 * minibatch's capacity without allocating.
 *
 * <p>Nodes run forward in the order in which they were added and backward in the reverse order.
 * Slices of the direction that no node writes keep what they hold.
 */
public final class Graph {
  private final Minibatch minibatch;
  private final List<Node> nodes = new ArrayList<>();
  private Node[] sealed;

  /** A graph over the rows that {@code minibatch} will hold. */
  public Graph(Minibatch minibatch) {
    this.minibatch = minibatch;
  }

  /** The rows that the graph runs over. */
  public Minibatch minibatch() {
    return minibatch;
  }

  /** A column of the minibatch as a constant input. */
  public Node input(String column) {
    return add(new Input(minibatch.column(column)));
  }

  /** activation(input·W + b); with {@code transposed}, activation(input·Wᵀ + b). */
  public Node affine(
      Node input,
      ParameterSlice weight,
      boolean transposed,
      ParameterSlice bias,
      Activation activation) {
    return add(new Affine(minibatch.capacity(), input, weight, transposed, bias, activation));
  }

  /** A loss between {@code output} and a column, summed over the rows. */
  public Loss loss(LossKind kind, Node output, String target) {
    return add(new Loss(minibatch.capacity(), kind, output, minibatch.column(target)));
  }

  /** Adds an operation behind those that are there. */
  public <N extends Node> N add(N node) {
    if (sealed != null) {
      throw new IllegalStateException("the graph has run: it takes no more nodes");
    }
    nodes.add(node);
    return node;
  }

  private Node[] seal() {
    if (sealed == null) {
      sealed = nodes.toArray(new Node[0]);
      SliceClaims claims = new SliceClaims();
      for (int i = sealed.length - 1; i >= 0; i--) {
        sealed[i].claim(claims);
      }
    }
    return sealed;
  }

  /** Computes every value. */
  public void forward(Pass pass) {
    Node[] order = seal();
    for (int i = 0; i < order.length; i++) {
      order[i].forward(pass);
    }
  }

  /** Computes every gradient; writes the direction's slices, summed over rows. */
  public void backward(Pass pass, float[] direction) {
    Node[] order = seal();
    for (int i = order.length - 1; i >= 0; i--) {
      order[i].backward(pass, direction);
    }
  }
}
