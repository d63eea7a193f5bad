package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderRunner;
import io.sparkae.spark.BatchedRows;
import io.sparkae.spark.HandleInvalid;
import io.sparkae.spark.InputColumn;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A trained autoencoder: makes codes, reconstructions and errors of rows. */
public final class AutoencoderModel extends TrainedNetwork<AutoencoderModel>
    implements CodeModel, AutoencoderParams, ColumnSetters<AutoencoderModel> {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(AutoencoderModel.class);

  private final Holders holders;
  private transient AutoencoderRunner single;
  private transient AutoencoderRunner singleDecoder;

  AutoencoderModel(String uid, int inputs, float[] parameters, TrainingSummary summary) {
    super(uid, inputs, parameters, summary);
    this.holders = new Holders(this);
    holders.setDefaults(this);
  }

  @Override
  public Holders holders() {
    return holders;
  }

  @Override
  public String architecture() {
    IntStream encoder =
        IntStream.concat(
            IntStream.of(numFeatures()),
            IntStream.concat(Arrays.stream(getHiddenLayers()), IntStream.of(getCodeSize())));
    return encoder.mapToObj(String::valueOf).collect(Collectors.joining("-")) + " and back";
  }

  @Override
  public int getCodeSize() {
    return AutoencoderParams.super.getCodeSize();
  }

  @Override
  public ParameterLayout layout() {
    return network().layout();
  }

  private AutoencoderNetwork network() {
    return new AutoencoderNetwork(numFeatures(), autoencoderSettings());
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
    if (HandleInvalid.of(getHandleInvalid()) == HandleInvalid.SKIP) {
      Features.checkRowWidths(dataset, this, numFeatures()); // it would skip them all
    }
    if (schema.size() == dataset.schema().size()) {
      LOG.warn("{} makes no column: name outputCol, reconstructionCol or errorCol", uid());
      return dataset.toDF();
    }
    InputColumn column =
        InputColumn.of(
            Features.columns(this), ColumnSpec.dense(ColumnSpec.FEATURES, numFeatures()));
    AutoencoderProgram program =
        new AutoencoderProgram(
            network(),
            getOutputCol() != null,
            getReconstructionCol() != null,
            getErrorCol() != null);
    return BatchedRows.append(
        dataset, schema, column, HandleInvalid.of(getHandleInvalid()), program, weights());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StructType result = OutputSchema.of(this, schema, getCodeSize());
    Features.checkWidth(schema, this, numFeatures());
    return result;
  }

  /**
   * {@return the code of one row}
   *
   * @param features one row, as wide as those of the training
   * @throws IllegalArgumentException if the row has another width
   */
  @Override
  public synchronized Vector encode(Vector features) {
    if (single == null) {
      single = AutoencoderRunner.encoder(network(), weights(), false, 1, false);
    }
    run(single, features, numFeatures(), "features");
    return vector(single.codes(), getCodeSize());
  }

  /**
   * {@return the reconstruction that a code leads to}
   *
   * @param code one code
   * @throws IllegalArgumentException if the code has another width
   */
  @Override
  public synchronized Vector decode(Vector code) {
    if (singleDecoder == null) {
      singleDecoder = AutoencoderRunner.decoder(network(), weights(), 1);
    }
    run(singleDecoder, code, getCodeSize(), "code");
    return vector(singleDecoder.reconstructions(), numFeatures());
  }

  @Override
  public Dataset<Row> decode(Dataset<?> codes, String codeCol, String outputCol) {
    AutoencoderNetwork network = network();
    return DecoderProgram.append(
        codes,
        codeCol,
        outputCol,
        getCodeSize(),
        parameters -> new AutoencoderDecoder(network, parameters),
        weights());
  }

  private static void run(AutoencoderRunner runner, Vector row, int width, String name) {
    Check.that(row.size() == width, "the size of " + name, String.valueOf(width), row.size());
    float[] values = runner.minibatch().column(0).values();
    double[] source = row.toArray();
    for (int i = 0; i < width; i++) {
      values[i] = (float) source[i];
    }
    runner.minibatch().setRows(1);
    runner.run();
  }

  private static Vector vector(float[] values, int width) {
    return Vectors.dense(AutoencoderProgram.toDoubles(values, 0, width));
  }

  @Override
  TrainedModelReader.Maker<AutoencoderModel> maker() {
    return AutoencoderModel::new;
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<AutoencoderModel> read() {
    return new TrainedModelReader<>(AutoencoderModel.class, AutoencoderModel::new);
  }

  /**
   * Reads a model from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static AutoencoderModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "AutoencoderModel: uid="
        + uid()
        + ", numFeatures="
        + numFeatures()
        + ", codeSize="
        + getCodeSize();
  }
}
