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

  /**
   * A graph over the rows that {@code minibatch} will hold.
   *
   * @param minibatch buffers of the columns, whose capacity becomes the graph's
   */
  public Graph(Minibatch minibatch) {
    this.minibatch = minibatch;
  }

  /** {@return the rows that the graph runs over} */
  public Minibatch minibatch() {
    return minibatch;
  }

  /**
   * {@return a column of the minibatch as a constant input}
   *
   * @param column name of the column
   */
  public Node input(String column) {
    return add(new Input(minibatch.column(column)));
  }

  /**
   * activation(input·W + b); with {@code transposed}, activation(input·Wᵀ + b).
   *
   * @param input rows × in
   * @param weight W: in × out, or out × in if {@code transposed}
   * @param transposed whether W enters transposed
   * @param bias b, 1 × out
   * @param activation applied to each element
   * @return the node, rows × out
   */
  public Node affine(
      Node input,
      ParameterSlice weight,
      boolean transposed,
      ParameterSlice bias,
      Activation activation) {
    return add(new Affine(minibatch.capacity(), input, weight, transposed, bias, activation, true));
  }

  /**
   * activation(input·W + b), with {@code transposed} activation(input·Wᵀ + b), of parameters that
   * this operation does not move: another one does, or none. Gradients go on to the input.
   *
   * @param input rows × in
   * @param weight W: in × out, or out × in if {@code transposed}
   * @param transposed whether W enters transposed
   * @param bias b, 1 × out
   * @param activation applied to each element
   * @return the node, rows × out
   */
  public Node fixedAffine(
      Node input,
      ParameterSlice weight,
      boolean transposed,
      ParameterSlice bias,
      Activation activation) {
    int capacity = minibatch.capacity();
    return add(new Affine(capacity, input, weight, transposed, bias, activation, false));
  }

  /**
   * {@return a loss between {@code output} and a column, summed over the rows}
   *
   * @param kind what is compared, and how
   * @param output rows × features: logits for the cross-entropy, reconstructions for the others
   * @param target name of the column that is to be reproduced
   */
  public Loss loss(LossKind kind, Node output, String target) {
    MinibatchColumn column = minibatch.column(target);
    return add(new Loss(minibatch.capacity(), kind, output, column.values(), column.width()));
  }

  /**
   * {@return a loss between {@code output} and another node, summed over the rows and over all
   * samples of each}
   *
   * @param kind what is compared, and how
   * @param output rows·samples × features: logits for the cross-entropy, reconstructions for the
   *     others
   * @param target rows × features, one sample of each; gets no gradient
   */
  public Loss loss(LossKind kind, Node output, Node target) {
    float[] rows = target.isSparse() ? target.sparseRows().values() : target.value();
    return add(new Loss(minibatch.capacity(), kind, output, rows, target.width()));
  }

  /**
   * Adds an operation behind those that are there.
   *
   * @param <N> the kind of node
   * @param node reads nodes of this graph alone
   * @return the same node
   */
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

  /**
   * Computes every value.
   *
   * @param pass the rows and the parameters
   */
  public void forward(Pass pass) {
    Node[] order = seal();
    for (int i = 0; i < order.length; i++) {
      order[i].forward(pass);
    }
  }

  /**
   * Computes every gradient; writes the direction's slices, summed over rows.
   *
   * @param pass the rows, and the parameters and statistics that hold for them
   * @param direction over the parameters; slices that no operation uses are left alone. What is
   *     still to be computed of it reads this graph's buffers: it is wanted before the next forward
   *     pass, or not at all
   */
  public void backward(Pass pass, Direction direction) {
    Node[] order = seal();
    direction.forget();
    for (int i = order.length - 1; i >= 0; i--) {
      order[i].backward(pass, direction);
    }
  }
}
