package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.objective.RbmNetwork;
import io.sparkae.core.objective.RbmRunner;
import io.sparkae.spark.BatchedRows;
import io.sparkae.spark.HandleInvalid;
import io.sparkae.spark.InputColumn;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trained restricted Boltzmann machine: makes hidden means (probabilities of bernoulli units),
 * reconstructions, errors, free energies and samples of rows.
 *
 * <p>A sample's draws are keyed by {@link #seed()} and by all the columns of its row: it is the
 * same wherever the row sits, and rows that are the same in every column have the same sample. A
 * column of numbers of the rows keeps equal rows apart.
 */
public final class RestrictedBoltzmannMachineModel
    extends TrainedNetwork<RestrictedBoltzmannMachineModel>
    implements RestrictedBoltzmannMachineParams,
        ColumnSetters<RestrictedBoltzmannMachineModel>,
        RbmColumnSetters<RestrictedBoltzmannMachineModel> {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(RestrictedBoltzmannMachineModel.class);

  private final RbmHolders holders;
  private transient RbmRunner single;

  RestrictedBoltzmannMachineModel(
      String uid, int visible, float[] parameters, TrainingSummary summary) {
    super(uid, visible, parameters, summary);
    this.holders = new RbmHolders(this);
    holders.setDefaults(this);
  }

  @Override
  public RbmHolders holders() {
    return holders;
  }

  @Override
  public String architecture() {
    return numFeatures()
        + " "
        + getVisibleType()
        + " visible and "
        + getHiddenUnits()
        + " "
        + getHiddenType()
        + " hidden units";
  }

  @Override
  public ParameterLayout layout() {
    return network().layout();
  }

  private RbmNetwork network() {
    return new RbmNetwork(numFeatures(), rbmSettings());
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
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    HandleInvalid handling = HandleInvalid.of(getHandleInvalid());
    if (handling == HandleInvalid.SKIP) {
      Features.checkRowWidths(dataset, this, numFeatures()); // it would skip them all
    }
    if (schema.size() == dataset.schema().size()) {
      LOG.warn(
          "{} makes no column: name outputCol, reconstructionCol, errorCol, freeEnergyCol or"
              + " sampleCol",
          uid());
      return dataset.toDF();
    }
    InputColumn column =
        InputColumn.of(
            Features.columns(this), ColumnSpec.dense(ColumnSpec.FEATURES, numFeatures()));
    if (getSampleCol() == null) {
      return BatchedRows.append(dataset, schema, column, handling, program(), weights());
    }
    Dataset<Row> keyed = RowKey.add(dataset);
    StructType keyedSchema = OutputSchema.of(this, keyed.schema());
    return RowKey.drop(
        BatchedRows.append(
            keyed,
            keyedSchema,
            column,
            handling,
            program(),
            weights(),
            Optional.of(RowKey.COLUMN)));
  }

  private RbmProgram program() {
    return new RbmProgram(
        network(),
        getOutputCol() != null,
        getReconstructionCol() != null,
        getErrorCol() != null,
        getFreeEnergyCol() != null,
        getSampleCol() != null ? getSampleSteps() : 0,
        getSeed());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StructType result = OutputSchema.of(this, schema);
    Features.checkWidth(schema, this, numFeatures());
    return result;
  }

  /**
   * {@return the means of the hidden units of one row: probabilities of bernoulli ones}
   *
   * @param features one row, as wide as those of the training
   * @throws IllegalArgumentException if the row has another width
   */
  public synchronized Vector encode(Vector features) {
    if (single == null) {
      single = new RbmRunner(network(), weights(), 1);
    }
    Check.that(
        features.size() == numFeatures(),
        "the size of features",
        String.valueOf(numFeatures()),
        features.size());
    float[] values = single.minibatch().column(0).values();
    double[] source = features.toArray();
    for (int i = 0; i < numFeatures(); i++) {
      values[i] = (float) source[i];
    }
    single.minibatch().setRows(1);
    single.run();
    return Vectors.dense(AutoencoderProgram.toDoubles(single.hidden(), 0, getHiddenUnits()));
  }

  /**
   * Sets {@link #seed()}, of the samples; at first it is that of the training.
   *
   * @param value any number
   * @return this
   */
  public RestrictedBoltzmannMachineModel setSeed(long value) {
    return Setting.apply(this, seed(), value);
  }

  @Override
  TrainedModelReader.Maker<RestrictedBoltzmannMachineModel> maker() {
    return RestrictedBoltzmannMachineModel::new;
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<RestrictedBoltzmannMachineModel> read() {
    return new TrainedModelReader<>(
        RestrictedBoltzmannMachineModel.class, RestrictedBoltzmannMachineModel::new);
  }

  /**
   * Reads a model from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static RestrictedBoltzmannMachineModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "RestrictedBoltzmannMachineModel: uid="
        + uid()
        + ", numFeatures="
        + numFeatures()
        + ", hiddenUnits="
        + getHiddenUnits();
  }
}
