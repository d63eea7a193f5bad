package io.sparkae.spark;

import io.sparkae.core.train.Block;
import java.io.Serializable;

/**
 * A block as it comes from its source partition.
 *
 * @param partition source partition
 * @param block rows, numbered within the partition and their part of it
 * @param skipped invalid rows of that part that were dropped while it was packed
 * @param marked whether its rows are of those that a column marks, and not of the others
 */
record PackedBlock(int partition, Block block, long skipped, boolean marked)
    implements Serializable {
  /** A block of rows that no column marks. */
  PackedBlock(int partition, Block block) {
    this(partition, block, 0, false);
  }

  /**
   * The block, its rows numbered within the whole data set.
   *
   * @param partitionStarts index of each partition's first row
   */
  Block numbered(long[] partitionStarts) {
    return block.at(partitionStarts[partition] + block.firstRow());
  }

  /** That of the block, other if the other part has it. */
  long checksum() {
    return marked ? ~block.checksum() : block.checksum();
  }
}
