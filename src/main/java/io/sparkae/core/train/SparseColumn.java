package io.sparkae.core.train;

import io.sparkae.core.graph.MinibatchColumn;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Compressed rows: the elements of row i lie in [rowStarts[i], rowStarts[i + 1]). */
record SparseColumn(int[] rowStarts, int[] indices, float[] nonZeros, int width) implements Column {
  @Override
  public void copyRow(int row, MinibatchColumn target, int targetRow) {
    target.setSparseRow(targetRow, indices, nonZeros, rowStarts[row], rowStarts[row + 1]);
  }

  @Override
  public Column slice(int from, int to) {
    int start = rowStarts[from];
    int end = rowStarts[to];
    int[] starts = Arrays.copyOfRange(rowStarts, from, to + 1);
    for (int i = 0; i < starts.length; i++) {
      starts[i] -= start;
    }
    return new SparseColumn(
        starts,
        Arrays.copyOfRange(indices, start, end),
        Arrays.copyOfRange(nonZeros, start, end),
        width);
  }

  @Override
  public Column select(int[] rows) {
    int[] starts = new int[rows.length + 1];
    for (int i = 0; i < rows.length; i++) {
      starts[i + 1] = starts[i] + rowStarts[rows[i] + 1] - rowStarts[rows[i]];
    }
    int[] selectedIndices = new int[starts[rows.length]];
    float[] selectedNonZeros = new float[starts[rows.length]];
    for (int i = 0; i < rows.length; i++) {
      int length = starts[i + 1] - starts[i];
      System.arraycopy(indices, rowStarts[rows[i]], selectedIndices, starts[i], length);
      System.arraycopy(nonZeros, rowStarts[rows[i]], selectedNonZeros, starts[i], length);
    }
    return new SparseColumn(starts, selectedIndices, selectedNonZeros, width);
  }

  @Override
  public RowSource store(RowFile file) throws IOException {
    return stored(file, rowStarts, file.write(indices), file.write(nonZeros));
  }

  /** Static, to hold none of the elements that are in the file now. */
  private static RowSource stored(RowFile file, int[] rowStarts, long indices, long nonZeros) {
    return (row, target, targetRow) -> {
      int from = rowStarts[row];
      int elements = rowStarts[row + 1] - from;
      int start = target.openSparseRow(targetRow, elements);
      file.read(indices, from, target.indices(), start, elements);
      file.read(nonZeros, from, target.nonZeros(), start, elements);
      target.closeSparseRow(targetRow);
    };
  }

  @Override
  public void update(CRC32C checksum) {
    Checksums.update(checksum, rowStarts);
    Checksums.update(checksum, indices);
    Checksums.update(checksum, nonZeros, nonZeros.length);
  }
}
