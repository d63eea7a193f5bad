package io.sparkae.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.spark.JobDescription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Row;
import scala.Option;

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
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sparkSession(), ""); // of any class
    requireClass(path, metadata.className());
    JsonNode fields = parse(path, metadata.metadataJson());
    int format = whole(path, fields, TrainedModelWriter.FORMAT_FIELD);
    if (format < 1 || format > TrainedModelWriter.FORMAT_VERSION) {
      throw new IllegalArgumentException(
          path
              + " has format "
              + format
              + ", this release reads up to "
              + TrainedModelWriter.FORMAT_VERSION
              + ": use a newer release");
    }
    int inputs = whole(path, fields, TrainedModelWriter.FEATURES_FIELD);
    M shape = maker.make(metadata.uid(), inputs, new float[0], null);
    metadata.getAndSetParams(shape, Option.empty());
    float[] parameters = readWeights(path, shape.layout());
    JsonNode json = fields.get(TrainedModelWriter.SUMMARY_FIELD);
    // models saved before it was kept have none
    TrainingSummary summary = json == null ? null : SummaryJson.fromJson(path, json);
    M model = maker.make(metadata.uid(), inputs, parameters, summary);
    metadata.getAndSetParams(model, Option.empty());
    if (model instanceof TrainedNetwork<?> network) {
      network.readBeside(sparkSession(), path);
    }
    return model;
  }

  private void requireClass(String path, String name) {
    if (!name.equals(type.getName())) {
      throw new IllegalArgumentException(
          path
              + " is a "
              + name.substring(name.lastIndexOf('.') + 1)
              + ", not a saved "
              + type.getSimpleName());
    }
  }

  private static JsonNode parse(String path, String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(path + " has metadata that is not JSON", e);
    }
  }

  private static int whole(String path, JsonNode fields, String name) {
    JsonNode field = fields.get(name);
    if (field == null || !field.canConvertToInt()) {
      throw new IllegalArgumentException(
          path + " is not a saved model: its metadata has no whole number " + name);
    }
    return field.intValue();
  }

  private float[] readWeights(String path, ParameterLayout layout) {
    List<Row> stretches =
        sparkSession()
            .read()
            .schema(TrainedModelWriter.WEIGHTS_SCHEMA)
            .parquet(path + "/" + TrainedModelWriter.WEIGHTS_FOLDER)
            .orderBy("start")
            .collectAsList();
    float[] parameters = new float[layout.size()];
    Map<String, Integer> filled = new HashMap<>();
    for (Row stretch : stretches) {
      ParameterSlice slice = slice(path, layout, stretch);
      List<Float> values = stretch.getList(4);
      int start = filled.getOrDefault(slice.name(), 0);
      refuseUnless(stretch.getInt(3) >= start, path, "has weights for " + slice.name() + " twice");
      refuseUnless(stretch.getInt(3) == start, path, missing(slice, start));
      refuseUnless(
          values.size() <= slice.length() - start,
          path,
          "has more than " + slice.length() + " weights for " + slice.name());
      int at = slice.offset() + start;
      for (float value : values) {
        parameters[at++] = value;
      }
      filled.put(slice.name(), start + values.size());
    }
    for (ParameterSlice slice : layout.slices()) {
      int end = filled.getOrDefault(slice.name(), 0);
      refuseUnless(end == slice.length(), path, missing(slice, end));
    }
    return parameters;
  }

  private static ParameterSlice slice(String path, ParameterLayout layout, Row stretch) {
    String name = stretch.getString(0);
    ParameterSlice slice =
        layout.slices().stream().filter(s -> s.name().equals(name)).findFirst().orElse(null);
    refuseUnless(slice != null, path, "has weights for " + name + ", which this model has not");
    int rows = stretch.getInt(1);
    int columns = stretch.getInt(2);
    refuseUnless(
        rows == slice.rows() && columns == slice.columns(),
        path,
        "has weights of another shape for "
            + name
            + ": "
            + rows
            + " x "
            + columns
            + ", expected "
            + slice.rows()
            + " x "
            + slice.columns());
    return slice;
  }

  private static String missing(ParameterSlice slice, int start) {
    return "has no weights for " + slice.name() + " from element " + start + " on";
  }

  private static void refuseUnless(boolean holds, String path, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(path + " " + fault);
    }
  }
}
