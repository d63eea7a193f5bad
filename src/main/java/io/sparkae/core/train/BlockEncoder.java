package io.sparkae.core.train;

import io.sparkae.core.graph.Minibatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces the first column of blocks, the features, by what a program makes of it: of the same row
 * the same bits, however rows are cut into blocks. How a BLAS sums depends on how many rows a
 * product has and where in it a row is, so the program is always run over as many (the first and
 * the last of a block repeated where there are fewer), of which a row's index says the place.
 */
public final class BlockEncoder {
  /**
   * Rows after which kernels begin anew: a multiple of those that they take at once, 2, 4, 6, 8,
   * 12, 16 or 24.
   */
  private static final int TILE = 48;

  /** Rows of a batch: few to be run in vain at a block's ends, enough for nearly the full rate. */
  private static final int MOST_ROWS = 3 * TILE;

  private final RowProgram program;
  private final int tile;
  private final int batchRows;
  private final RowProgram.Batch batch;

  /**
   * An encoder of one thread.
   *
   * @param program reads the first column
   */
  public BlockEncoder(RowProgram program) {
    this.program = program;
    int rows = Math.min(MOST_ROWS, BatchSize.ofRows(Math.max(program.inputs(), program.width())));
    this.tile = Math.min(rows, TILE);
    this.batchRows = rows - rows % tile;
    this.batch = program.open(batchRows);
  }

  /**
   * {@return the same rows with the program's values for their first column, in blocks of bounded
   * size; the other columns stay}
   *
   * @param block rows whose first column is as wide as the program reads, by their index within the
   *     whole data set
   */
  public List<Block> encode(Block block) {
    int most = BlockBuilder.rowsOf(program.width());
    List<Block> encoded = new ArrayList<>();
    for (int start = 0; start < block.rows(); start += most) {
      encoded.add(whole(block.slice(start, Math.min(block.rows(), start + most))));
    }
    return encoded;
  }

  private Block whole(Block block) {
    int width = program.width();
    float[] values = new float[block.rows() * width];
    int before = (int) (block.firstRow() % tile); // rows of the first tile that are not here
    for (int start = -before; start < block.rows(); start += batchRows) {
      run(block, start);
      int first = Math.max(0, start);
      int end = Math.min(block.rows(), start + batchRows);
      System.arraycopy(
          batch.values(), (first - start) * width, values, first * width, (end - first) * width);
    }
    return block.withFirst(new DenseColumn(values, width));
  }

  /**
   * Runs a batch of rows.
   *
   * @param start the first, counted from the block's first
   */
  private void run(Block block, int start) {
    Minibatch minibatch = batch.minibatch();
    for (int i = 0; i < batchRows; i++) {
      int row = Math.max(0, Math.min(block.rows() - 1, start + i));
      block.column(0).copyRow(row, minibatch.column(0), i);
      minibatch.rowIndices()[i] = block.firstRow() + row;
    }
    minibatch.setRows(batchRows);
    batch.run();
  }
}
