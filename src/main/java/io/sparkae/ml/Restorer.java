package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.objective.Corruption;
import io.sparkae.core.objective.SearchSettings;
import io.sparkae.spark.BatchedRows;
import io.sparkae.spark.HandleInvalid;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.JobDescription;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Completes rows that miss features, and cleans rows that miss none, by the decoder of any
 * autoencoder.
 *
 * <p>A feature is missing where it is NaN, or in all rows where it is {@link #distrusted()}. For a
 * row that misses something codes are searched for whose decoded rows are near the known features,
 * by the model's own loss: from the encoder's code of the row with means in place of what is
 * missing, and from draws from what codes are like, {@link #starts()} searches in all (see {@link
 * io.sparkae.core.objective.CodeSearch}). The restored row is the mean of what they find, each
 * weighted by p(known features|code), or the most probable one of them ({@link #estimate()}). A row
 * that misses nothing stays as it is or, with {@link #clean()}, is encoded and decoded, as a
 * denoising autoencoder has learnt to, after {@link #cleaningSteps()} of that search.
 *
 * <p>Codes are taken to be normal: N(0, I) of variational autoencoders, of others with the means
 * and covariances of the codes of a table. What a loss that is no likelihood weighs beside that is
 * seen on that table, too ({@link io.sparkae.core.objective.FixedDecoder#nats(double, double)}).
 *
 * <p>The draws of a row are keyed by {@link #seed()} and by all its columns: it is restored the
 * same way wherever it sits, up to rounding.
 */
public final class Restorer extends Transformer implements RestorerSetters<Restorer>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final CodingNetwork<?> model;
  private final Likeness likeness;
  private final InputParams.Holder input;
  private final RestorerParams.Holder restorer;

  Restorer(String uid, CodingNetwork<?> model, Likeness likeness) {
    this.uid = uid;
    this.model = model;
    this.likeness = likeness;
    this.input = new InputParams.Holder(this);
    this.restorer = new RestorerParams.Holder(this);
    input.setDefaults(this);
    restorer.setDefaults(this);
    setDefault(clean(), isDenoising(model));
  }

  private static boolean isDenoising(CodingNetwork<?> model) {
    return model instanceof NoiseParams noise
        && !noise.getCorruption().equals(Check.camelCase(Corruption.NONE));
  }

  /**
   * A restorer of rows that should be like those of a table. It reads the columns that the model
   * does, unless told otherwise.
   *
   * @param model any autoencoder of this library
   * @param table rows as they should be, such as those of the training, in the columns that the
   *     model reads; NaN is what is missing. Looked at now, in two jobs: it tells means and
   *     variances of features and codes. If no row of it knows some feature, rows that a {@link
   *     GenerativeModel} draws tell them instead
   * @return the restorer
   * @throws IllegalArgumentException if the table has no rows, or no row knows some feature and the
   *     model cannot draw any
   */
  public static Restorer like(CodeModel model, Dataset<?> table) {
    if (!(model instanceof CodingNetwork<?> network)) {
      throw new IllegalArgumentException(
          model.getClass().getSimpleName() + " is no autoencoder of this library");
    }
    Features.checkInput(table.schema(), network);
    Features.checkWidth(table.schema(), network, network.numFeatures());
    InputColumn column = column(network, network.numFeatures());
    HandleInvalid handling = HandleInvalid.of(network.getHandleInvalid());
    Likeness likeness =
        JobDescription.during(
            table.sparkSession().sparkContext(),
            "sparkae: looking at what rows should be like",
            () -> LikenessFit.of(table, column, handling, network));
    Restorer restorer =
        new Restorer(Identifiable$.MODULE$.randomUID("restorer"), network, likeness);
    restorer.setHandleInvalid(network.getHandleInvalid());
    if (network.getInputCols() != null) {
      return restorer.setInputCols(network.getInputCols());
    }
    restorer.setDefault(restorer.featuresCol(), network.getFeaturesCol()); // may be told otherwise
    return restorer;
  }

  private static InputColumn column(InputParams stage, int width) {
    return InputColumn.of(Features.columns(stage), ColumnSpec.dense(ColumnSpec.FEATURES, width))
        .withMissing();
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public InputParams.Holder inputParams() {
    return input;
  }

  @Override
  public RestorerParams.Holder restorerParams() {
    return restorer;
  }

  @Override
  public String explainParam(Param<?> param) {
    return Holders.explain(this, param, super.explainParam(param));
  }

  /** {@return the mean of each feature over the table that rows should be like} */
  public double[] featureMeans() {
    return likeness.means().clone();
  }

  /** {@return the variance of each feature over the table that rows should be like} */
  public double[] featureVariances() {
    return likeness.variances().clone();
  }

  /**
   * The dataset with the restored rows and the other named columns; rows with null or infinite
   * values stop the run or are dropped, as {@link #handleInvalid()} says.
   *
   * @throws IllegalArgumentException if the schema makes no sense, or the features are of another
   *     width than those of the model, as far as metadata tell
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    Dataset<Row> keyed = RowKey.add(dataset);
    Dataset<Row> restored =
        RowKey.drop(
            BatchedRows.append(
                keyed,
                outputs(keyed.schema()),
                column(this, model.numFeatures()),
                HandleInvalid.of(getHandleInvalid()),
                program(),
                model.weights(),
                Optional.of(RowKey.COLUMN)));
    return KnownValues.keep(
            restored, this, getOutputCol(), getDistrusted(), getKeepKnown(), !getClean())
        .to(schema);
  }

  private RestoreProgram program() {
    SearchSettings search = searchSettings();
    SearchSettings cleaning =
        new SearchSettings(1, getCleaningSteps(), search.stepSize(), search.priorWeight());
    return new RestoreProgram(
        model.coder(),
        likeness,
        search,
        cleaning,
        getDistrusted(),
        getClean(),
        getEstimate().equals(NEAREST),
        getCodeCol() != null,
        getErrorCol() != null,
        getConfidenceCol() != null,
        getSeed());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    int width = model.numFeatures();
    Features.checkInput(schema, this);
    Features.checkWidth(schema, this, width);
    IdleParams.refuseUnless(
        getClean(), this, List.of(cleaningSteps()), "clean is false", "clean to true");
    IdleParams.refuseUnless(
        getSteps() > 0 || getCleaningSteps() > 0,
        this,
        List.of(stepSize()),
        "steps and cleaningSteps are 0",
        "one of them");
    for (int feature : getDistrusted()) {
      Check.that(feature < width, "distrusted", "features from 0 to " + (width - 1), feature);
    }
    return outputs(schema);
  }

  private StructType outputs(StructType schema) {
    StructType result =
        OutputSchema.append(
            schema, "outputCol", new AttributeGroup(getOutputCol()).toStructField());
    if (getCodeCol() != null) {
      result =
          OutputSchema.append(
              result,
              "codeCol",
              new AttributeGroup(getCodeCol(), model.getCodeSize()).toStructField());
    }
    result = number(result, "errorCol", getErrorCol());
    return number(result, "confidenceCol", getConfidenceCol());
  }

  private static StructType number(StructType schema, String param, String name) {
    return name == null
        ? schema
        : OutputSchema.append(
            schema, param, DataTypes.createStructField(name, DataTypes.DoubleType, false));
  }

  @Override
  public Restorer copy(ParamMap extra) {
    Restorer copy = new Restorer(uid, model, likeness);
    copyValues(copy, extra);
    return copy;
  }

  /** Writes the model, too, and what rows are like. */
  @Override
  public MLWriter write() {
    return new RestorerWriter(this, model, likeness);
  }

  /**
   * Reads what {@link #write()} wrote.
   *
   * @return the reader
   */
  public static MLReader<Restorer> read() {
    return new RestorerReader();
  }

  /**
   * Reads a restorer from a folder.
   *
   * @param path a folder that {@link #write()} wrote
   * @return what was saved
   */
  public static Restorer load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "Restorer: uid=" + uid + ", model=" + model.uid();
  }
}
