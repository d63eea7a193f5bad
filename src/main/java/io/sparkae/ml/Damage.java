package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.objective.Corruption;
import io.sparkae.core.objective.Corruptor;
import io.sparkae.spark.BatchedRows;
import io.sparkae.spark.HandleInvalid;
import io.sparkae.spark.InputColumn;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Damages rows, to try on them what restores: features that are corrupted, and features that are
 * NaN.
 *
 * @param corruption how elements are corrupted
 * @param level of the corruption: standard deviation of gaussian noise, else a probability
 * @param missingFraction probability that a feature is missing, in [0, 1]
 * @param missing features, from 0, that are missing in all rows
 * @param seed of the draws, which are keyed by all the columns of a row
 */
public record Damage(
    Corruption corruption, double level, double missingFraction, List<Integer> missing, long seed)
    implements Serializable {
  private static final String DAMAGED = "sparkae_damaged";

  /**
   * Copies the features.
   *
   * @param corruption any
   * @param level at least 0; above 0, of a probability at most 1, if there is a corruption
   * @param missingFraction in [0, 1]
   * @param missing each at least 0
   * @param seed any
   */
  public Damage {
    missing = List.copyOf(missing);
    new Corruptor(corruption, level, missingFraction, 1, 1, seed); // checks the numbers
    Check.that(
        missing.stream().allMatch(feature -> feature >= 0),
        "missing",
        "features of at least 0",
        missing);
  }

  /**
   * The dataset with damaged rows in place of a column, and the whole ones at its end.
   *
   * @param data has a column of vectors or arrays
   * @param column its name
   * @param originalCol name of the new column of the whole rows
   * @param width features of a row
   * @return the dataset, computed when it is used; the damaged rows are vectors
   * @throws IllegalArgumentException if there is no such column, or the new one is there already,
   *     or rows have not the features that are to be missing
   */
  public Dataset<Row> apply(Dataset<?> data, String column, String originalCol, int width) {
    StructType schema = data.schema();
    Features.checkVectors(schema, "featuresCol", column);
    for (int feature : missing) {
      Check.that(feature < width, "missing", "features from 0 to " + (width - 1), feature);
    }
    Dataset<Row> keyed = RowKey.add(data);
    StructField original = schema.apply(column);
    StructField damaged =
        new StructField(DAMAGED, SQLDataTypes.VectorType(), false, original.metadata());
    Dataset<Row> both =
        BatchedRows.append(
            keyed,
            OutputSchema.append(keyed.schema(), "originalCol", damaged),
            InputColumn.of(column, ColumnSpec.dense(ColumnSpec.FEATURES, width)),
            HandleInvalid.ERROR,
            new Program(this, width),
            new float[0],
            Optional.of(RowKey.COLUMN));
    StructField whole =
        new StructField(originalCol, original.dataType(), original.nullable(), original.metadata());
    OutputSchema.append(schema, "originalCol", whole);
    Dataset<Row> named =
        RowKey.drop(both)
            .withColumn(originalCol, InputColumn.named(column))
            .withColumn(column, InputColumn.named(DAMAGED))
            .drop(DAMAGED);
    return named;
  }

  private record Program(Damage damage, int width) implements BatchedRows.Program {
    @Override
    public BatchedRows.Batch open(float[] parameters, int capacity) {
      Corruptor corruptor =
          new Corruptor(
              damage.corruption,
              damage.level,
              damage.missingFraction,
              width,
              capacity,
              damage.seed);
      return new DamagedBatch(damage, corruptor, width);
    }
  }

  private record DamagedBatch(Damage damage, Corruptor corruptor, int width)
      implements BatchedRows.Batch {
    @Override
    public Minibatch minibatch() {
      return corruptor.minibatch();
    }

    @Override
    public void run() {
      corruptor.run();
    }

    @Override
    public List<Object> outputs(int row) {
      double[] values = AutoencoderProgram.toDoubles(corruptor.values(), row * width, width);
      for (int feature : damage.missing) {
        values[feature] = Double.NaN;
      }
      return List.of(Vectors.dense(values));
    }
  }
}
