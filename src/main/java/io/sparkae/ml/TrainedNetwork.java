package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.spark.BatchedRows;
import io.sparkae.spark.HandleInvalid;
import io.sparkae.spark.InputColumn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every trained model of this library has: the width of its rows, a flat vector of parameters
 * and the summary of its training. Its Params are made by subclasses, once the uid is known.
 *
 * @param <M> the model itself
 */
abstract class TrainedNetwork<M extends TrainedNetwork<M>> extends Model<M>
    implements TrainedModel, InputParams, MLWritable {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(TrainedNetwork.class);

  private final String uid;
  private final int inputs;
  private final float[] parameters;
  private final transient TrainingSummary summary;

  /**
   * @param inputs features of a row
   * @param parameters the flat vector; kept, not copied
   * @param summary null if there is none
   */
  TrainedNetwork(String uid, int inputs, float[] parameters, TrainingSummary summary) {
    this.uid = uid;
    this.inputs = inputs;
    this.parameters = parameters;
    this.summary = summary;
  }

  @Override
  public final String uid() {
    return uid;
  }

  @Override
  public String explainParam(Param<?> param) {
    return Holders.explain(this, param, super.explainParam(param));
  }

  @Override
  public final int numFeatures() {
    return inputs;
  }

  @Override
  public final float[] parameters() {
    return parameters.clone();
  }

  /** The flat vector itself. */
  final float[] weights() {
    return parameters;
  }

  @Override
  public final Optional<TrainingSummary> summary() {
    return Optional.ofNullable(summary);
  }

  /** How a subclass makes a model of its kind. */
  abstract TrainedModelReader.Maker<M> maker();

  /**
   * The schema with the columns that are named.
   *
   * @throws IllegalArgumentException if they or those that are read make no sense
   */
  abstract StructType outputs(StructType schema);

  /** The Params that name columns to make. */
  abstract List<Param<String>> outputParams();

  /** What executors compute of a batch of rows. */
  abstract BatchedRows.Program program();

  /** Writes what belongs to the model beside Params and weights; by default nothing does. */
  void writeBeside(SparkSession spark, String path) {}

  /**
   * Reads what {@link #writeBeside} wrote, if it is there.
   *
   * @throws IllegalArgumentException if it does not fit
   */
  void readBeside(SparkSession spark, String path) {}

  /** The checksum of what {@link #writeBeside} writes, or {@link #readBeside} read, if anything. */
  Optional<String> checksumBeside() {
    return Optional.empty();
  }

  /** Gives a copy what belongs to the model beside Params and weights. */
  void copyBeside(M copy) {}

  /** Whether columns are drawn at random, keyed by the features of a row; by default not. */
  boolean draws() {
    return false;
  }

  /**
   * The dataset with the named output columns; rows that are invalid stop the run or are dropped,
   * as {@link #handleInvalid()} says.
   *
   * @throws IllegalArgumentException if the schema makes no sense, or the features are of another
   *     width than those of the training, as far as metadata or, where rows are to be skipped, the
   *     first rows tell
   */
  @Override
  public final Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    HandleInvalid handling = HandleInvalid.of(getHandleInvalid());
    if (handling == HandleInvalid.SKIP) {
      Features.checkRowWidths(dataset, this, numFeatures()); // it would skip them all
    }
    if (schema.size() == dataset.schema().size()) {
      LOG.warn(
          "{} makes no column: name one by {}",
          uid(),
          outputParams().stream().map(Param::name).collect(Collectors.joining(", ")));
      return dataset.toDF();
    }
    InputColumn column =
        InputColumn.of(
            Features.columns(this), ColumnSpec.dense(ColumnSpec.FEATURES, numFeatures()));
    if (!draws()) {
      return BatchedRows.append(dataset, schema, column, handling, program(), parameters);
    }
    Dataset<Row> keyed = RowKey.add(dataset);
    return RowKey.drop(
        BatchedRows.append(
            keyed,
            outputs(keyed.schema()),
            column,
            handling,
            program(),
            parameters,
            Optional.of(RowKey.COLUMN)));
  }

  @Override
  public final StructType transformSchema(StructType schema) {
    StructType result = outputs(schema);
    Features.checkWidth(schema, this, numFeatures());
    return result;
  }

  /**
   * Runs one row.
   *
   * @param minibatch where the row goes; of a capacity of one row or more
   * @param program runs it
   * @param width that the row should have
   * @param name what the row is, for the message
   * @throws IllegalArgumentException if the row has another width
   */
  static void run(Minibatch minibatch, Runnable program, Vector row, int width, String name) {
    Check.that(row.size() == width, "the size of " + name, String.valueOf(width), row.size());
    float[] values = minibatch.column(0).values();
    double[] source = row.toArray();
    for (int i = 0; i < width; i++) {
      values[i] = (float) source[i];
    }
    minibatch.setRows(1);
    program.run();
  }

  @Override
  public final M copy(ParamMap extra) {
    M copy = maker().make(uid, inputs, parameters, summary);
    copyValues(copy, extra);
    copyBeside(copy);
    return copy.setParent(parent());
  }

  @Override
  public final MLWriter write() {
    return new TrainedModelWriter<>(this);
  }
}
