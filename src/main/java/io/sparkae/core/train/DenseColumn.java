package io.sparkae.core.train;

import io.sparkae.core.graph.MinibatchColumn;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Rows × width floats, row-major. */
record DenseColumn(float[] values, int width) implements Column {
  @Override
  public void copyRow(int row, MinibatchColumn target, int targetRow) {
    target.setRow(targetRow, values, row * width);
  }

  @Override
  public Column slice(int from, int to) {
    return new DenseColumn(Arrays.copyOfRange(values, from * width, to * width), width);
  }

  @Override
  public Column select(int[] rows) {
    float[] selected = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * width, selected, i * width, width);
    }
    return new DenseColumn(selected, width);
  }

  @Override
  public RowSource store(RowFile file) throws IOException {
    return stored(file, file.write(values), width);
  }

  /** Static, to hold none of the values that are in the file now. */
  private static RowSource stored(RowFile file, long place, int width) {
    return (row, target, targetRow) ->
        file.read(place, (long) row * width, target.values(), targetRow * width, width);
  }

  @Override
  public void update(CRC32C checksum) {
    Checksums.update(checksum, values, values.length);
  }
}
