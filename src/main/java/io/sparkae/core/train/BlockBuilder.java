package io.sparkae.core.train;

import io.sparkae.core.graph.ColumnSpec;
import java.util.Arrays;
import java.util.List;

/** Packs rows, given column by column, into blocks of bounded size. */
public final class BlockBuilder {
  /** The most bytes in a block: Spark looks at its memory after as many as 16 of them. */
  public static final long MAX_BYTES = 4L << 20;

  private final List<ColumnSpec> specs;
  private final float[][] values;
  private final int[][] indices;
  private final int[][] rowStarts;
  private final int[] used;
  private final int maxRows;
  private long firstRow;
  private int rows;

  /**
   * A builder whose first row has index 0.
   *
   * @param specs the columns of each row
   */
  public BlockBuilder(List<ColumnSpec> specs) {
    this.specs = List.copyOf(specs);
    int count = specs.size();
    values = new float[count][0];
    indices = new int[count][0];
    rowStarts = new int[count][1];
    used = new int[count];
    long denseWidth = 1;
    for (ColumnSpec spec : specs) {
      denseWidth += spec.sparse() ? 0 : spec.width();
    }
    maxRows = rowsOf(denseWidth);
  }

  /**
   * {@return how many rows of so many numbers are a block: whole batches, if it is more than one}
   *
   * @param width numbers of a row, at least 1
   */
  static int rowsOf(long width) {
    long most = Math.max(1, MAX_BYTES / (width * Float.BYTES));
    return (int) (most > BatchSize.ROWS ? most - most % BatchSize.ROWS : most);
  }

  /**
   * {@return whether the rows so far should be taken with {@link #build()} before more are added}
   */
  public boolean isFull() {
    if (rows >= maxRows) {
      return true;
    }
    long bytes = 0;
    for (int i = 0; i < used.length; i++) {
      bytes += (long) used[i] * (specs.get(i).sparse() ? 2 * Float.BYTES : Float.BYTES);
    }
    return bytes >= MAX_BYTES;
  }

  /** {@return rows since the last {@link #build()}} */
  public int rows() {
    return rows;
  }

  /**
   * {@return the array that takes the next row of a dense column, from {@link #denseOffset(int)}
   * on}
   *
   * @param column place of the column
   */
  public float[] denseTarget(int column) {
    int width = specs.get(column).width();
    reserve(column, width);
    return values[column];
  }

  /**
   * {@return where in {@link #denseTarget(int)} the next row goes}
   *
   * @param column place of the column
   */
  public int denseOffset(int column) {
    return used[column];
  }

  /**
   * Takes a sparse row's elements, in ascending order of their indices.
   *
   * @param column place of the column
   * @param elementIndices ascending, in [0, width of the column)
   * @param elements the values at those indices, rounded to float
   */
  public void addSparse(int column, int[] elementIndices, double[] elements) {
    reserve(column, elements.length);
    int start = used[column];
    for (int i = 0; i < elements.length; i++) {
      indices[column][start + i] = elementIndices[i];
      values[column][start + i] = (float) elements[i];
    }
    used[column] += elements.length;
  }

  /** Ends a row: every dense target is filled, every sparse column added. */
  public void endRow() {
    rows++;
    for (int i = 0; i < used.length; i++) {
      if (specs.get(i).sparse()) {
        if (rowStarts[i].length <= rows) {
          rowStarts[i] = Arrays.copyOf(rowStarts[i], 2 * rows + 1);
        }
        rowStarts[i][rows] = used[i];
      } else {
        used[i] += specs.get(i).width();
      }
    }
  }

  private void reserve(int column, int more) {
    int needed = Math.addExact(used[column], more);
    if (values[column].length < needed) {
      long grown = Math.max(needed, (long) values[column].length * 2);
      int size = (int) Math.min(grown, Integer.MAX_VALUE - 8);
      values[column] = Arrays.copyOf(values[column], size);
      if (specs.get(column).sparse()) {
        indices[column] = Arrays.copyOf(indices[column], size);
      }
    }
  }

  /** {@return the rows since the last call as a block} */
  public Block build() {
    Column[] columns = new Column[specs.size()];
    for (int i = 0; i < columns.length; i++) {
      ColumnSpec spec = specs.get(i);
      float[] own = Arrays.copyOf(values[i], used[i]);
      columns[i] =
          spec.sparse()
              ? new SparseColumn(
                  Arrays.copyOf(rowStarts[i], rows + 1),
                  Arrays.copyOf(indices[i], used[i]),
                  own,
                  spec.width())
              : new DenseColumn(own, spec.width());
    }
    Block block = new Block(firstRow, rows, columns);
    firstRow += rows;
    rows = 0;
    Arrays.fill(used, 0);
    return block;
  }
}
