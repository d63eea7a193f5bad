package io.sparkae.core.train;

import io.sparkae.core.graph.Minibatch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The rows of one replica: blocks that follow each other without a gap. */
public final class Shard implements Closeable {
  private final RowSource[][] columns;

  /** Where the rows lie; null if they lie in memory. */
  private final RowFile file;

  /** Index of each block's first row, and behind them that of the row after the last. */
  private final long[] starts;

  /**
   * The shard of these blocks.
   *
   * @param blocks in the order of their rows
   * @throws IllegalArgumentException if a block does not begin where the one before ends
   */
  public Shard(List<Block> blocks) {
    this(
        starts(blocks.iterator(), block -> {}),
        blocks.stream().map(Shard::columns).toArray(RowSource[][]::new),
        null);
  }

  private Shard(long[] starts, RowSource[][] columns, RowFile file) {
    this.starts = starts;
    this.columns = columns;
    this.file = file;
  }

  /**
   * {@return the shard of these blocks, whose numbers lie in a file and not in the heap; to be
   * closed}
   *
   * @param blocks in the order of their rows, read one after the other
   * @param path of the file, which is gone when this returns, and its space when the shard is
   *     closed
   * @throws IllegalArgumentException if a block does not begin where the one before ends
   * @throws IOException if the file cannot be written
   */
  public static Shard stored(Iterator<Block> blocks, Path path) throws IOException {
    RowFile file = new RowFile(path);
    boolean whole = false;
    try {
      List<RowSource[]> columns = new ArrayList<>();
      long[] starts = starts(blocks, block -> columns.add(stored(block, file)));
      whole = true;
      return new Shard(starts, columns.toArray(RowSource[][]::new), file);
    } finally {
      if (!whole) {
        file.close();
      }
    }
  }

  private static RowSource[] stored(Block block, RowFile file) throws IOException {
    RowSource[] columns = new RowSource[block.columnCount()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = block.column(c).store(file);
    }
    return columns;
  }

  /** What is done with each block. */
  private interface Taker<E extends Exception> {
    void take(Block block) throws E;
  }

  private static <E extends Exception> long[] starts(Iterator<Block> blocks, Taker<E> taker)
      throws E {
    List<Long> starts = new ArrayList<>();
    long next = 0;
    while (blocks.hasNext()) {
      Block block = blocks.next();
      if (starts.isEmpty()) {
        next = block.firstRow();
      } else if (block.firstRow() != next) {
        throw new IllegalArgumentException(
            "a block begins at row " + block.firstRow() + ", expected row " + next);
      }
      taker.take(block);
      starts.add(next);
      next += block.rows();
    }
    starts.add(next);
    return starts.stream().mapToLong(Long::longValue).toArray();
  }

  private static RowSource[] columns(Block block) {
    RowSource[] columns = new RowSource[block.columnCount()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = block.column(c);
    }
    return columns;
  }

  /** {@return index of the first row within the data set} */
  public long firstRow() {
    return starts[0];
  }

  /** {@return rows} */
  public long rows() {
    return starts[starts.length - 1] - starts[0];
  }

  /** Puts a row, by its index within the data set, at its place in a minibatch. */
  void copyRow(long row, Minibatch target, int targetRow) {
    int block = blockOf(row);
    int local = (int) (row - starts[block]);
    for (int c = 0; c < target.columnCount(); c++) {
      columns[block][c].copyRow(local, target.column(c), targetRow);
    }
    target.rowIndices()[targetRow] = row;
  }

  private int blockOf(long row) {
    int low = 0;
    int high = columns.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Frees what rows in a file take on disk; they cannot be read any more. */
  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
