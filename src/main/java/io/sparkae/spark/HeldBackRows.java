package io.sparkae.spark;

import io.sparkae.core.random.RowPermutation;
import io.sparkae.core.train.Block;
import java.io.Serializable;
import java.util.Iterator;
import java.util.stream.IntStream;

/** Picks rows out of the blocks of one partition, and numbers them anew. */
final class HeldBackRows implements Iterator<PackedBlock> {
  /** A key of the row order that no epoch has. */
  private static final long VALIDATION = -1;

  /**
   * Whether a row is held back, by its index: {@code held} rows of all, chosen by the seed alone.
   */
  record Rule(long seed, long rows, long held) implements Serializable {
    private RowPermutation order() {
      return new RowPermutation(seed, VALIDATION, rows);
    }
  }

  private final Iterator<PackedBlock> blocks;
  private final long[] partitionStarts;
  private final RowPermutation order;
  private final Rule rule;
  private final boolean heldBack;
  private long selected;

  /**
   * Those that are held back, or those that are not.
   *
   * @param blocks of one partition, in order
   * @param partitionStarts index of each partition's first row
   */
  HeldBackRows(Iterator<PackedBlock> blocks, long[] partitionStarts, Rule rule, boolean heldBack) {
    this.blocks = blocks;
    this.partitionStarts = partitionStarts;
    this.order = rule.order();
    this.rule = rule;
    this.heldBack = heldBack;
  }

  @Override
  public boolean hasNext() {
    return blocks.hasNext();
  }

  @Override
  public PackedBlock next() {
    PackedBlock source = blocks.next();
    Block block = source.numbered(partitionStarts);
    int[] rows =
        IntStream.range(0, block.rows())
            .filter(row -> order.position(block.firstRow() + row) < rule.held() == heldBack)
            .toArray();
    Block picked = block.select(rows).at(selected);
    selected += rows.length;
    return new PackedBlock(source.partition(), picked);
  }
}
