package io.sparkae.core.train;

import io.sparkae.core.graph.Minibatch;
import java.util.List;

/** The rows of one replica: blocks that follow each other without a gap. */
public final class Shard {
  private final Block[] blocks;
  private final long firstRow;
  private final long rows;

  /**
   * The shard of these blocks.
   *
   * @param blocks in the order of their rows
   * @throws IllegalArgumentException if a block does not begin where the one before ends
   */
  public Shard(List<Block> blocks) {
    this.blocks = blocks.toArray(new Block[0]);
    firstRow = blocks.isEmpty() ? 0 : blocks.get(0).firstRow();
    long next = firstRow;
    for (Block block : blocks) {
      if (block.firstRow() != next) {
        throw new IllegalArgumentException(
            "a block begins at row " + block.firstRow() + ", expected row " + next);
      }
      next += block.rows();
    }
    rows = next - firstRow;
  }

  /** {@return index of the first row within the data set} */
  public long firstRow() {
    return firstRow;
  }

  /** {@return rows} */
  public long rows() {
    return rows;
  }

  /** Puts a row, by its index within the data set, at its place in a minibatch. */
  void copyRow(long row, Minibatch target, int targetRow) {
    Block block = blocks[blockOf(row)];
    int local = (int) (row - block.firstRow());
    for (int c = 0; c < target.columnCount(); c++) {
      block.column(c).copyRow(local, target.column(c), targetRow);
    }
    target.rowIndices()[targetRow] = row;
  }

  private int blockOf(long row) {
    int low = 0;
    int high = blocks.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (blocks[middle].firstRow() <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
