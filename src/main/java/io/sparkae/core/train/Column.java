package io.sparkae.core.train;

import io.sparkae.core.graph.MinibatchColumn;
import java.io.Serializable;
import java.util.zip.CRC32C;

/** The stored rows of one named column of a block. */
sealed interface Column extends Serializable permits DenseColumn, SparseColumn {
  /** Puts a stored row into a minibatch; rows of a minibatch come in order, from 0. */
  void copyRow(int row, MinibatchColumn target, int targetRow);

  /** The rows [from, to) alone. */
  Column slice(int from, int to);

  /** The given rows alone, in the given order. */
  Column select(int[] rows);

  /** Adds the content to a checksum. */
  void update(CRC32C checksum);
}
