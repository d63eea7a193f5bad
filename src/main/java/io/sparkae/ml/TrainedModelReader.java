package io.sparkae.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.data.SavedStageException;
import io.sparkae.data.StageMetadata;
import io.sparkae.spark.JobDescription;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads what {@link TrainedModelWriter} writes, and refuses what does not fit together. */
final class TrainedModelReader<M extends Params & TrainedModel> extends MLReader<M> {
  /** Makes a model of what was read. */
  interface Maker<M> {
    /**
     * A model with the defaults of its Params.
     *
     * @param summary null if there is none
     */
    M make(String uid, int inputs, float[] parameters, TrainingSummary summary);
  }

  private final Class<M> type;
  private final Maker<M> maker;

  TrainedModelReader(Class<M> type, Maker<M> maker) {
    this.type = type;
    this.maker = maker;
  }

  @Override
  public M load(String path) {
    return JobDescription.during(
        sparkSession().sparkContext(), "sparkae: loading the model of " + path, () -> read(path));
  }

  private M read(String path) {
    StageMetadata metadata = StageMetadata.load(sparkSession(), path);
    M shape = shape(path, metadata);
    float[] parameters = readWeights(path, shape.layout());
    requireChecksum(
        path,
        metadata,
        TrainedModelWriter.CHECKSUM_FIELD,
        WeightTable.checksum(parameters),
        "weights");
    metadata.requireUnchanged();
    M model = make(path, metadata, parameters);
    if (model instanceof TrainedNetwork<?> network) {
      network.readBeside(sparkSession(), path);
      requireChecksum(
          path,
          metadata,
          TrainedModelWriter.PRIOR_CHECKSUM_FIELD,
          network.checksumBeside().orElse("none"),
          "samples of its prior");
    }
    return model;
  }

  /**
   * A model that has all but its weights.
   *
   * @throws SavedStageException if metadata are missing or do not fit together
   */
  M shape(String path, StageMetadata metadata) {
    metadata.requireClass(type);
    int format = metadata.whole(TrainedModelWriter.FORMAT_FIELD);
    if (format < 1 || format > TrainedModelWriter.FORMAT_VERSION) {
      throw new SavedStageException(
          path,
          "has format "
              + format
              + ", this release reads up to "
              + TrainedModelWriter.FORMAT_VERSION
              + ": use a newer release");
    }
    int inputs = metadata.whole(TrainedModelWriter.FEATURES_FIELD);
    if (inputs < 1) {
      throw new SavedStageException(path, "has " + inputs + " features: it needs one or more");
    }
    M shape = make(path, metadata, new float[0]);
    try {
      shape.layout();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new SavedStageException(path, "has Params that do not fit together", e);
    }
    return shape;
  }

  private M make(String path, StageMetadata metadata, float[] parameters) {
    JsonNode json = metadata.field(TrainedModelWriter.SUMMARY_FIELD);
    // models saved before it was kept have none
    TrainingSummary summary = json == null ? null : SummaryJson.fromJson(path, json);
    int inputs = metadata.whole(TrainedModelWriter.FEATURES_FIELD);
    M model = maker.make(metadata.uid(), inputs, parameters, summary);
    metadata.setParams(model);
    return model;
  }

  /**
   * Nothing of the weights is read before it is known that there are as many as there should be.
   */
  private float[] readWeights(String path, ParameterLayout layout) {
    WeightTable weights = new WeightTable(path, layout);
    Dataset<Row> table =
        sparkSession()
            .read()
            .schema(TrainedModelWriter.WEIGHTS_SCHEMA)
            .parquet(path + "/" + TrainedModelWriter.WEIGHTS_FOLDER)
            .orderBy("start");
    weights.check(
        table
            .select(
                col("slice"),
                col("rows"),
                col("columns"),
                col("start"),
                size(col("values")).as("count"))
            .limit(weights.mostStretches() + 1)
            .collectAsList());
    return weights.fill(table.collectAsList());
  }

  /** Models saved before it was kept have none. */
  private static void requireChecksum(
      String path, StageMetadata metadata, String field, String checksum, String what) {
    JsonNode saved = metadata.field(field);
    if (saved != null && !saved.asText().equals(checksum)) {
      throw new SavedStageException(
          path,
          "has "
              + what
              + " that were changed after it was saved, by their checksum: save or copy it anew");
    }
  }
}
