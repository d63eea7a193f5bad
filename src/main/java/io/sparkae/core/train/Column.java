package io.sparkae.core.train;

import java.io.IOException;
import java.io.Serializable;
import java.util.zip.CRC32C;

/** The stored rows of one named column of a block. */
sealed interface Column extends RowSource, Serializable permits DenseColumn, SparseColumn {
  /** The rows [from, to) alone. */
  Column slice(int from, int to);

  /** The given rows alone, in the given order. */
  Column select(int[] rows);

  /** Writes the rows to a file; the same rows there, without these arrays. */
  RowSource store(RowFile file) throws IOException;

  /** Adds the content to a checksum. */
  void update(CRC32C checksum);
}
