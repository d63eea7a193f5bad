package io.sparkae.jobs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Codes as a table. */
final class CodeTables {
  private CodeTables() {}

  /** The codes with their numbers: {@code id} from 0 on, and {@code code}. */
  static Dataset<Row> of(SparkSession spark, List<Vector> codes) {
    List<Row> rows = new ArrayList<>();
    for (Vector code : codes) {
      rows.add(RowFactory.create((long) rows.size(), code));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add(new AttributeGroup(Decoded.CODE, codes.get(0).size()).toStructField());
    return spark.createDataFrame(rows, schema).coalesce(1);
  }

  /** Codes drawn from a row's posterior, {@code id} from 0 on, and {@code code}. */
  static Dataset<Row> posterior(
      SparkSession spark, Model<?> variational, Vector features, int count, long seed) {
    Models.clearFeatures(variational);
    Models.clearOutputs(variational);
    String option = Common.SAVED_MODEL.name();
    Models.set(variational, "featuresCol", Decoded.CODE, option);
    Models.set(variational, "codeSampleCol", "sample", option);
    Models.set(variational, "seed", seed, option);
    return variational
        .transform(of(spark, Collections.nCopies(count, features)))
        .drop(Decoded.CODE)
        .withColumnRenamed("sample", Decoded.CODE);
  }
}
