package io.sparkae.spark;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.train.BlockBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Row;

/**
 * Packs the rows of one partition into blocks, one block at a time: those that a column marks into
 * blocks of their own, as if the others were not there.
 */
final class PackIterator implements Iterator<PackedBlock> {
  private final Iterator<Row> rows;
  private final List<RowReader> readers;
  private final HandleInvalid handleInvalid;
  private final int partition;
  private final int indicator;
  private final Part unmarked;
  private final Part marked;
  private final SparseVector[] sparseRow;
  private final String[] fault = new String[1];
  private Part ready;
  private long rowNumber;

  /** The rows that are marked, or those that are not. */
  private static final class Part {
    private final boolean marked;
    private final BlockBuilder builder;
    private long skipped;

    Part(boolean marked, List<ColumnSpec> specs) {
      this.marked = marked;
      this.builder = new BlockBuilder(specs);
    }

    boolean isEmpty() {
      return builder.rows() == 0 && skipped == 0;
    }

    PackedBlock build(int partition) {
      PackedBlock packed = new PackedBlock(partition, builder.build(), skipped, marked);
      skipped = 0;
      return packed;
    }
  }

  /**
   * Reads the rows while they are asked for.
   *
   * @param indicator place of the boolean in a row that marks it, negative if none does
   */
  PackIterator(
      Iterator<Row> rows,
      List<RowReader> readers,
      HandleInvalid handleInvalid,
      int partition,
      int indicator) {
    this.rows = rows;
    this.readers = readers;
    this.handleInvalid = handleInvalid;
    this.partition = partition;
    this.indicator = indicator;
    List<ColumnSpec> specs = new ArrayList<>();
    for (RowReader reader : readers) {
      specs.add(reader.column().spec());
    }
    this.unmarked = new Part(false, specs);
    this.marked = new Part(true, specs);
    this.sparseRow = new SparseVector[readers.size()];
  }

  @Override
  public boolean hasNext() {
    while (ready == null && rows.hasNext()) {
      Row row = rows.next();
      Part part = indicator >= 0 && row.getBoolean(indicator) ? marked : unmarked;
      add(row, part);
      rowNumber++;
      if (part.builder.isFull()) {
        ready = part;
      }
    }
    if (ready == null && !(unmarked.isEmpty() && marked.isEmpty())) {
      ready = unmarked.isEmpty() ? marked : unmarked;
    }
    return ready != null;
  }

  @Override
  public PackedBlock next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    PackedBlock packed = ready.build(partition);
    ready = null;
    return packed;
  }

  private void add(Row row, Part part) {
    BlockBuilder builder = part.builder;
    for (int c = 0; c < readers.size(); c++) {
      RowReader reader = readers.get(c);
      fault[0] = null;
      if (reader.column().spec().sparse()) {
        sparseRow[c] = reader.readSparse(row, fault);
      } else {
        fault[0] = reader.readDense(row, builder.denseTarget(c), builder.denseOffset(c));
      }
      if (fault[0] != null) {
        refuse(part);
        return;
      }
    }
    for (int c = 0; c < readers.size(); c++) {
      if (readers.get(c).column().spec().sparse()) {
        builder.addSparse(c, sparseRow[c].indices(), sparseRow[c].values());
      }
    }
    builder.endRow();
  }

  private void refuse(Part part) {
    if (handleInvalid == HandleInvalid.SKIP) {
      part.skipped++;
      return;
    }
    throw new InvalidRowException(partition, rowNumber, fault[0]);
  }
}
