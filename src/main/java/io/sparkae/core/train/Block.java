package io.sparkae.core.train;

import java.io.Serializable;
import java.util.zip.CRC32C;

/**
 * Consecutive rows of the data set, packed: one {@link Column} for each named column.
 *
 * <p>The index of the first row is that within the block's source partition until the shard that
 * takes it over numbers it within the data set.
 */
public final class Block implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long firstRow;
  private final int rows;
  private final Column[] columns;
  private final long checksum;

  Block(long firstRow, int rows, Column[] columns) {
    this(firstRow, rows, columns, checksum(rows, columns));
  }

  private Block(long firstRow, int rows, Column[] columns, long checksum) {
    this.firstRow = firstRow;
    this.rows = rows;
    this.columns = columns;
    this.checksum = checksum;
  }

  private static long checksum(int rows, Column[] columns) {
    CRC32C checksum = new CRC32C();
    checksum.update(rows);
    for (Column column : columns) {
      column.update(checksum);
    }
    return checksum.getValue();
  }

  /** {@return index of the first row} */
  public long firstRow() {
    return firstRow;
  }

  /** {@return rows} */
  public int rows() {
    return rows;
  }

  /** {@return CRC-32C of the contents, the index of the first row left out} */
  public long checksum() {
    return checksum;
  }

  Column column(int index) {
    return columns[index];
  }

  /**
   * {@return the same rows under another index; nothing is copied}
   *
   * @param newFirstRow index of the first row from now on
   */
  public Block at(long newFirstRow) {
    return new Block(newFirstRow, rows, columns, checksum);
  }

  int columnCount() {
    return columns.length;
  }

  /** The same rows with another first column. */
  Block withFirst(Column column) {
    Column[] parts = columns.clone();
    parts[0] = column;
    return new Block(firstRow, rows, parts);
  }

  /**
   * {@return some rows of this block, given in ascending order and numbered anew from this block's
   * first}
   *
   * @param picked places of the rows in this block, ascending
   */
  public Block select(int[] picked) {
    if (picked.length == rows) {
      return this;
    }
    Column[] parts = new Column[columns.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = columns[i].select(picked);
    }
    return new Block(firstRow, picked.length, parts);
  }

  /**
   * {@return the rows [from, to) of this block; the block itself if those are all}
   *
   * @param from place of the first row in this block
   * @param to place behind the last
   */
  public Block slice(int from, int to) {
    if (from == 0 && to == rows) {
      return this;
    }
    Column[] parts = new Column[columns.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = columns[i].slice(from, to);
    }
    return new Block(firstRow + from, to - from, parts);
  }
}
