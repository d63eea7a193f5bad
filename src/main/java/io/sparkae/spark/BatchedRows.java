package io.sparkae.spark;

import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.MinibatchColumn;
import io.sparkae.core.train.BatchSize;
import io.sparkae.core.train.RawFloats;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.reflect.ClassTag$;

/** Runs a model over a DataFrame in batches, so that time goes into matrix products. */
public final class BatchedRows {
  /** No column tells rows apart. */
  private static final int NO_KEY = -1;

  private static final Logger LOG = LoggerFactory.getLogger(BatchedRows.class);

  /** What is run, made anew for each task. */
  public interface Program extends Serializable {
    /**
     * {@return the program with its buffers, for up to {@code capacity} rows at a time}
     *
     * @param parameters of the model
     * @param capacity the most rows at a time
     */
    Batch open(float[] parameters, int capacity);

    /**
     * {@return the same for rows that come as their non-zero elements, where it computes nothing as
     * wide as the rows; by default none}
     *
     * @param parameters of the model
     * @param capacity the most rows at a time
     */
    default Optional<Batch> openSparse(float[] parameters, int capacity) {
      return Optional.empty();
    }
  }

  /** A program at work. */
  public interface Batch {
    /** {@return where the rows go; their column comes first} */
    Minibatch minibatch();

    /** Computes the outputs of the rows in the minibatch. */
    void run();

    /**
     * {@return the values of the new columns for one row of the batch}
     *
     * @param row place of the row in the batch, from 0
     */
    List<Object> outputs(int row);
  }

  private BatchedRows() {}

  /**
   * The dataset with new columns at its end, computed when it is used.
   *
   * @param data the rows
   * @param schema of the result
   * @param input what to read
   * @param handleInvalid what becomes of rows with a missing or infinite value
   * @param program what is computed of each row
   * @param parameters of the program; broadcast
   * @return the dataset, not yet computed
   */
  public static Dataset<Row> append(
      Dataset<?> data,
      StructType schema,
      InputColumn input,
      HandleInvalid handleInvalid,
      Program program,
      float[] parameters) {
    return append(data, schema, input, handleInvalid, program, parameters, Optional.empty());
  }

  /**
   * The same for a program that draws at random.
   *
   * @param data the rows
   * @param schema of the result
   * @param input what to read
   * @param handleInvalid what becomes of rows with a missing or infinite value
   * @param program what is computed of each row
   * @param parameters of the program; broadcast
   * @param rowKey column of longs by which the draws are keyed: the minibatch's row indices
   * @return the dataset, not yet computed
   */
  public static Dataset<Row> append(
      Dataset<?> data,
      StructType schema,
      InputColumn input,
      HandleInvalid handleInvalid,
      Program program,
      float[] parameters,
      Optional<String> rowKey) {
    Dataset<Row> rows = data.toDF();
    int[] indices = input.columns().stream().mapToInt(rows.schema()::fieldIndex).toArray();
    RowReader reader = RowReader.of(input, indices);
    int key = rowKey.map(rows.schema()::fieldIndex).orElse(NO_KEY);
    Broadcast<RawFloats> shared =
        rows.sparkSession()
            .sparkContext()
            .broadcast(new RawFloats(parameters), ClassTag$.MODULE$.apply(RawFloats.class));
    Dataset<Row> appended =
        rows.mapPartitions(
            (MapPartitionsFunction<Row, Row>)
                iterator ->
                    new Appender(
                        iterator, reader, key, handleInvalid, program, shared.value().values()),
            Encoders.row(schema));
    return appended.to(schema); // the encoder keeps no metadata
  }

  /** Reads ahead by a batch. */
  private static final class Appender implements Iterator<Row> {
    private final Iterator<Row> source;
    private final RowReader reader;
    private final int key;
    private final HandleInvalid handleInvalid;
    private final Program program;
    private final float[] parameters;
    private final List<Row> batchRows = new ArrayList<>();
    private final Deque<Row> ready = new ArrayDeque<>();
    private final String[] fault = new String[1];
    private int batchCapacity;
    private boolean sparse;
    private long skipped;
    private Batch batch;
    private long rowNumber;

    Appender(
        Iterator<Row> source,
        RowReader reader,
        int key,
        HandleInvalid handleInvalid,
        Program program,
        float[] parameters) {
      this.source = source;
      this.reader = reader;
      this.key = key;
      this.handleInvalid = handleInvalid;
      this.program = program;
      this.parameters = parameters;
    }

    /** Buffers for rows like the first one of the partition. */
    private void open(Row first) {
      if (reader.isSparse(first)) {
        Optional<Batch> ofSparse = program.openSparse(parameters, BatchSize.ROWS);
        if (ofSparse.isPresent()) {
          sparse = true;
          batchCapacity = BatchSize.ROWS;
          batch = ofSparse.get();
          return;
        }
      }
      batchCapacity = BatchSize.ofRows(reader.column().spec().width());
      batch = program.open(parameters, batchCapacity);
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && source.hasNext()) {
        computeBatch();
        if (!source.hasNext() && skipped > 0) {
          LOG.info(
              "{} of {} rows of partition {} were skipped as invalid",
              skipped,
              rowNumber,
              TaskContext.getPartitionId());
        }
      }
      return !ready.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.poll();
    }

    private void computeBatch() {
      batchRows.clear();
      while (hasRoom() && source.hasNext()) {
        Row row = source.next();
        if (batch == null && reader.width(row) > 0) {
          open(row);
        }
        if (read(row)) {
          batch.minibatch().rowIndices()[batchRows.size()] = key == NO_KEY ? 0 : row.getLong(key);
          batchRows.add(row);
        } else if (handleInvalid == HandleInvalid.ERROR) {
          throw reader.invalid(row, rowNumber, fault[0]);
        } else {
          skipped++;
        }
        rowNumber++;
      }
      if (batchRows.isEmpty()) {
        return;
      }
      batch.minibatch().setRows(batchRows.size());
      batch.run();
      for (int i = 0; i < batchRows.size(); i++) {
        ready.add(append(batchRows.get(i), batch.outputs(i)));
      }
    }

    /** Whether the batch takes another row: not too many, nor too many stored elements. */
    private boolean hasRoom() {
      if (batch == null) {
        return true;
      }
      int rows = batchRows.size();
      return rows < batchCapacity
          && (!sparse || batch.minibatch().column(0).rowStarts()[rows] < BatchSize.NUMBERS);
    }

    /** Puts a row behind those of the batch; false, with the fault told, if it is not valid. */
    private boolean read(Row row) {
      if (batch == null) { // the row is null, as are those before it
        fault[0] = reader.readDense(row, new float[0], 0);
        return false;
      }
      MinibatchColumn column = batch.minibatch().column(0);
      int place = batchRows.size();
      if (sparse) {
        SparseVector vector = reader.readSparse(row, fault);
        if (vector == null) {
          return false;
        }
        column.setSparseRow(place, vector.indices(), vector.values());
        return true;
      }
      fault[0] = reader.readDense(row, column.values(), place * column.width());
      return fault[0] == null;
    }

    private static Row append(Row row, List<Object> outputs) {
      int size = row.size();
      Object[] values = new Object[size + outputs.size()];
      Arrays.setAll(values, i -> i < size ? row.get(i) : outputs.get(i - size));
      return RowFactory.create(values);
    }
  }
}
