package io.sparkae.ml;

import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.data.StageMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.json4s.JInt;
import org.json4s.JObject;
import org.json4s.JString;
import org.json4s.JValue;
import org.json4s.jackson.JsonMethods$;
import scala.Tuple2;
import scala.collection.immutable.List$;
import scala.jdk.javaapi.CollectionConverters;
import scala.math.BigInt;

/**
 * Writes Spark ML's metadata, with the format's version, the number of features and how training
 * went, and the weights as Parquet: a row for each stretch of a slice. Their checksum is among the
 * metadata, as is that of the samples of a prior.
 */
final class TrainedModelWriter<M extends Params & TrainedModel> extends WholeWriter {
  /** Version of the saved format. */
  static final int FORMAT_VERSION = 1;

  static final String FORMAT_FIELD = "sparkaeFormat";
  static final String FEATURES_FIELD = "numFeatures";
  static final String CHECKSUM_FIELD = "weightsChecksum";
  static final String PRIOR_CHECKSUM_FIELD = "priorChecksum";
  static final String SUMMARY_FIELD = "trainingSummary";
  static final String WEIGHTS_FOLDER = "weights";

  /** Slice, its shape, where the stretch starts in it, the stretch's values. */
  static final StructType WEIGHTS_SCHEMA =
      new StructType()
          .add("slice", DataTypes.StringType, false)
          .add("rows", DataTypes.IntegerType, false)
          .add("columns", DataTypes.IntegerType, false)
          .add("start", DataTypes.IntegerType, false)
          .add("values", DataTypes.createArrayType(DataTypes.FloatType, false), false);

  static final int STRETCH = 1 << 20;

  private final M model;

  TrainedModelWriter(M model) {
    super("a model");
    this.model = model;
  }

  @Override
  void write(String path) {
    StageMetadata.save(sparkSession(), model, path, extraMetadata());
    sparkSession()
        .createDataFrame(weights(), WEIGHTS_SCHEMA)
        .coalesce(1)
        .write()
        .parquet(path + "/" + WEIGHTS_FOLDER);
    if (model instanceof TrainedNetwork<?> network) {
      network.writeBeside(sparkSession(), path);
    }
  }

  private JObject extraMetadata() {
    List<Tuple2<String, JValue>> fields = new ArrayList<>();
    fields.add(new Tuple2<>(FORMAT_FIELD, new JInt(BigInt.apply(FORMAT_VERSION))));
    fields.add(new Tuple2<>(FEATURES_FIELD, new JInt(BigInt.apply(model.numFeatures()))));
    fields.add(new Tuple2<>(CHECKSUM_FIELD, new JString(WeightTable.checksum(model.parameters()))));
    if (model instanceof TrainedNetwork<?> network) {
      network
          .checksumBeside()
          .ifPresent(sum -> fields.add(new Tuple2<>(PRIOR_CHECKSUM_FIELD, new JString(sum))));
    }
    model
        .summary()
        .ifPresent(
            summary ->
                fields.add(
                    new Tuple2<>(
                        SUMMARY_FIELD,
                        JsonMethods$.MODULE$.fromJsonNode(SummaryJson.toJson(summary)))));
    return new JObject(List$.MODULE$.from(CollectionConverters.asScala(fields)));
  }

  private List<Row> weights() {
    float[] parameters = model.parameters();
    List<Row> rows = new ArrayList<>();
    for (ParameterSlice slice : model.layout().slices()) {
      for (int start = 0; start < slice.length(); start += STRETCH) {
        int end = Math.min(slice.length(), start + STRETCH);
        float[] values =
            Arrays.copyOfRange(parameters, slice.offset() + start, slice.offset() + end);
        rows.add(RowFactory.create(slice.name(), slice.rows(), slice.columns(), start, values));
      }
    }
    return rows;
  }
}
