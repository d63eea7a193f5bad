package io.sparkae.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import java.util.List;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Row;
import scala.Option;

/** Reads what {@link AutoencoderModelWriter} writes, and refuses what does not fit together. */
final class AutoencoderModelReader extends MLReader<AutoencoderModel> {
  @Override
  public AutoencoderModel load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sparkSession(), AutoencoderModel.class.getName());
    JsonNode fields = parse(path, metadata.metadataJson());
    int format = whole(path, fields, AutoencoderModelWriter.FORMAT_FIELD);
    if (format < 1 || format > AutoencoderModelWriter.FORMAT_VERSION) {
      throw new IllegalArgumentException(
          path
              + " has format "
              + format
              + ", this release reads up to "
              + AutoencoderModelWriter.FORMAT_VERSION
              + ": use a newer release");
    }
    int inputs = whole(path, fields, AutoencoderModelWriter.FEATURES_FIELD);
    AutoencoderModel shape = new AutoencoderModel(metadata.uid(), inputs, new float[0]);
    metadata.getAndSetParams(shape, Option.empty());
    float[] parameters = readWeights(path, shape.layout());
    AutoencoderModel model = new AutoencoderModel(metadata.uid(), inputs, parameters);
    metadata.getAndSetParams(model, Option.empty());
    return model;
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
          path + " is not a saved autoencoder: its metadata has no whole number " + name);
    }
    return field.intValue();
  }

  private float[] readWeights(String path, ParameterLayout layout) {
    float[] parameters = new float[layout.size()];
    List<Row> rows =
        sparkSession()
            .read()
            .schema(AutoencoderModelWriter.WEIGHTS_SCHEMA)
            .parquet(path + "/" + AutoencoderModelWriter.WEIGHTS_FOLDER)
            .collectAsList();
    long found = 0;
    for (Row row : rows) {
      ParameterSlice slice = layout.slice(row.getString(0));
      List<Float> values = row.getList(4);
      int start = row.getInt(3);
      boolean fits =
          row.getInt(1) == slice.rows()
              && row.getInt(2) == slice.columns()
              && start >= 0
              && start + (long) values.size() <= slice.length();
      if (!fits) {
        throw new IllegalArgumentException(
            path
                + " has weights of another shape for "
                + slice.name()
                + ": "
                + row.getInt(1)
                + " x "
                + row.getInt(2)
                + ", expected "
                + slice.rows()
                + " x "
                + slice.columns());
      }
      int at = slice.offset() + start;
      for (float value : values) {
        parameters[at++] = value;
      }
      found += values.size();
    }
    if (found != parameters.length) {
      throw new IllegalArgumentException(
          path + " has " + found + " weights, expected " + parameters.length);
    }
    return parameters;
  }
}
