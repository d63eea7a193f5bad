package io.sparkae.core.train;

import io.sparkae.core.graph.MinibatchColumn;

/** The rows of one named column, wherever they lie. */
interface RowSource {
  /** Puts a stored row into a minibatch; rows of a minibatch come in order, from 0. */
  void copyRow(int row, MinibatchColumn target, int targetRow);
}
