package io.sparkae.ml;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.train.RowProgram;
import io.sparkae.spark.BatchedRows;
import io.sparkae.spark.HandleInvalid;
import io.sparkae.spark.InputColumn;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * What executors compute for a batch of codes: the rows that they lead to.
 *
 * @param network makes the decoder of a model's parameters
 */
record DecoderProgram(Network network) implements BatchedRows.Program {
  /** A decoder without its parameters. */
  @FunctionalInterface
  interface Network extends Serializable {
    RowProgram decoder(float[] parameters);
  }

  /**
   * The dataset with decoded rows.
   *
   * @throws IllegalArgumentException if the column of codes is missing or of another type, or the
   *     new column exists
   */
  static Dataset<Row> append(
      Dataset<?> codes,
      String codeCol,
      String outputCol,
      int codeSize,
      Network network,
      float[] parameters) {
    StructType schema = codes.schema();
    Features.checkVectors(schema, "codeCol", codeCol);
    StructType result =
        OutputSchema.append(schema, "outputCol", new AttributeGroup(outputCol).toStructField());
    InputColumn column =
        InputColumn.of(List.of(codeCol), ColumnSpec.dense(ColumnSpec.FEATURES, codeSize));
    return BatchedRows.append(
        codes, result, column, HandleInvalid.ERROR, new DecoderProgram(network), parameters);
  }

  @Override
  public BatchedRows.Batch open(float[] parameters, int capacity) {
    RowProgram decoder = network.decoder(parameters);
    return new DecodedBatch(decoder.open(capacity), decoder.width());
  }

  private record DecodedBatch(RowProgram.Batch batch, int width) implements BatchedRows.Batch {
    @Override
    public Minibatch minibatch() {
      return batch.minibatch();
    }

    @Override
    public void run() {
      batch.run();
    }

    @Override
    public List<Object> outputs(int row) {
      return List.of(
          Vectors.dense(AutoencoderProgram.toDoubles(batch.values(), row * width, width)));
    }
  }
}
