package io.sparkae.spark;

import io.sparkae.core.train.Block;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The rows [from, to) of the data set out of the blocks that hold them, one block at a time. */
final class RowRange implements Iterator<Block> {
  private final Iterator<PackedBlock> blocks;
  private final long[] partitionStarts;
  private final long from;
  private final long to;
  private Block next;

  /**
   * Those of the blocks that are in the range, each under its index within the data set.
   *
   * @param partitionStarts index of each partition's first row
   */
  RowRange(Iterator<PackedBlock> blocks, long[] partitionStarts, long from, long to) {
    this.blocks = blocks;
    this.partitionStarts = partitionStarts;
    this.from = from;
    this.to = to;
  }

  @Override
  public boolean hasNext() {
    while (next == null && blocks.hasNext()) {
      Block block = blocks.next().numbered(partitionStarts);
      long first = block.firstRow();
      long start = Math.max(from, first);
      long end = Math.min(to, first + block.rows());
      if (start < end) {
        next = block.slice((int) (start - first), (int) (end - first));
      }
    }
    return next != null;
  }

  @Override
  public Block next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Block block = next;
    next = null;
    return block;
  }
}
