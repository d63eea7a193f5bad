package io.sparkae.spark;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.train.BlockBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Row;

/** Packs the rows of one partition into blocks, one block at a time. */
final class PackIterator implements Iterator<PackedBlock> {
  private final Iterator<Row> rows;
  private final List<RowReader> readers;
  private final HandleInvalid handleInvalid;
  private final int partition;
  private final BlockBuilder builder;
  private final SparseVector[] sparseRow;
  private final String[] fault = new String[1];
  private long rowNumber;
  private long skipped;

  PackIterator(
      Iterator<Row> rows, List<RowReader> readers, HandleInvalid handleInvalid, int partition) {
    this.rows = rows;
    this.readers = readers;
    this.handleInvalid = handleInvalid;
    this.partition = partition;
    List<ColumnSpec> specs = new ArrayList<>();
    for (RowReader reader : readers) {
      specs.add(reader.column().spec());
    }
    this.builder = new BlockBuilder(specs);
    this.sparseRow = new SparseVector[readers.size()];
  }

  @Override
  public boolean hasNext() {
    while (!builder.isFull() && rows.hasNext()) {
      add(rows.next());
      rowNumber++;
    }
    return builder.rows() > 0 || skipped > 0;
  }

  @Override
  public PackedBlock next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    PackedBlock packed = new PackedBlock(partition, builder.build(), skipped);
    skipped = 0;
    return packed;
  }

  private void add(Row row) {
    for (int c = 0; c < readers.size(); c++) {
      RowReader reader = readers.get(c);
      fault[0] = null;
      if (reader.column().spec().sparse()) {
        sparseRow[c] = reader.readSparse(row, fault);
      } else {
        fault[0] = reader.readDense(row, builder.denseTarget(c), builder.denseOffset(c));
      }
      if (fault[0] != null) {
        refuse();
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

  private void refuse() {
    if (handleInvalid == HandleInvalid.SKIP) {
      skipped++;
      return;
    }
    throw new InvalidRowException(partition, rowNumber, fault[0]);
  }
}
