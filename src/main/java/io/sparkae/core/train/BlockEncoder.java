package io.sparkae.core.train;

import io.sparkae.core.graph.Minibatch;
import java.util.ArrayList;
import java.util.List;

/** Replaces the first column of blocks, the features, by what a program makes of it. */
public final class BlockEncoder {
  private final RowProgram program;
  private final int batchRows;
  private final RowProgram.Batch batch;

  /**
   * An encoder of one thread.
   *
   * @param program reads the first column
   */
  public BlockEncoder(RowProgram program) {
    this.program = program;
    this.batchRows = BatchSize.ofRows(Math.max(program.inputs(), program.width()));
    this.batch = program.open(batchRows);
  }

  /**
   * {@return the same rows with the program's values for their first column, in blocks of bounded
   * size; the other columns stay}
   *
   * @param block rows whose first column is as wide as the program reads
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
    Minibatch minibatch = batch.minibatch();
    for (int start = 0; start < block.rows(); start += batchRows) {
      int rows = Math.min(batchRows, block.rows() - start);
      for (int row = 0; row < rows; row++) {
        block.column(0).copyRow(start + row, minibatch.column(0), row);
        minibatch.rowIndices()[row] = block.firstRow() + start + row;
      }
      minibatch.setRows(rows);
      batch.run();
      System.arraycopy(batch.values(), 0, values, start * width, rows * width);
    }
    return block.withFirst(new DenseColumn(values, width));
  }
}
