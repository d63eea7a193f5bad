package io.sparkae.ml;

import io.sparkae.data.StageMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.json4s.JObject;
import scala.collection.immutable.List$;

/** Writes Spark ML's metadata, the model in a folder of its own, and what rows are like. */
final class RestorerWriter extends WholeWriter {
  static final String MODEL_FOLDER = "model";
  static final String LIKENESS_FOLDER = "likeness";

  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, false);

  /** One row; the last two are null where codes are like N(0, I). */
  static final StructType LIKENESS_SCHEMA =
      new StructType()
          .add("means", DOUBLES, false)
          .add("variances", DOUBLES, false)
          .add("residuals", DOUBLES, false)
          .add("usual", DataTypes.DoubleType, false)
          .add("nats", DataTypes.DoubleType, false)
          .add("codeMean", FLOATS, true)
          .add("codeAxes", FLOATS, true);

  private final Restorer restorer;
  private final MLWritable model;
  private final Likeness likeness;

  RestorerWriter(Restorer restorer, MLWritable model, Likeness likeness) {
    super("a restorer");
    this.restorer = restorer;
    this.model = model;
    this.likeness = likeness;
  }

  @Override
  void write(String path) {
    StageMetadata.save(sparkSession(), restorer, path, new JObject(List$.MODULE$.empty()));
    try {
      model.write().save(path + "/" + MODEL_FOLDER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Row row =
        RowFactory.create(
            likeness.means(),
            likeness.variances(),
            likeness.residuals(),
            likeness.usual(),
            likeness.nats(),
            likeness.codes() == null ? null : likeness.codes().mean(),
            likeness.codes() == null ? null : likeness.codes().axes());
    sparkSession()
        .createDataFrame(List.of(row), LIKENESS_SCHEMA)
        .coalesce(1)
        .write()
        .parquet(path + "/" + LIKENESS_FOLDER);
  }
}
