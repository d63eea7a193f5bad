package io.sparkae.ml;

import io.sparkae.data.LocalSpark;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Loads a pipeline in a JVM of its own and prints what it predicts, to the bit. */
final class PipelineChild {
  private PipelineChild() {}

  /** Takes the folders of the pipeline and of the table. */
  public static void main(String[] arguments) {
    SparkSession spark = LocalSpark.session();
    bits(PipelineModel.load(arguments[0]).transform(spark.read().parquet(arguments[1])))
        .forEach(System.out::println);
    spark.stop();
  }

  /** A line for each row: its code, its probabilities, its prediction. */
  static List<String> bits(Dataset<Row> predicted) {
    List<String> lines = new ArrayList<>();
    for (Row row : predicted.collectAsList()) {
      StringBuilder line = new StringBuilder();
      for (String column : List.of("code", "probability")) {
        for (double value : row.<Vector>getAs(column).toArray()) {
          line.append(Double.toHexString(value)).append(' ');
        }
      }
      lines.add(line.append(row.<Double>getAs("prediction")).toString());
    }
    return lines;
  }
}
