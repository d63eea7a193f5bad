package io.sparkae.ml;

import io.sparkae.core.objective.NormalCodes;
import java.util.List;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Row;
import scala.Option;

/** Reads what {@link RestorerWriter} wrote. */
final class RestorerReader extends MLReader<Restorer> {
  @Override
  public Restorer load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sparkSession(), Restorer.class.getName());
    String folder = path + "/" + RestorerWriter.MODEL_FOLDER;
    Object model = DefaultParamsReader.loadParamsInstance(folder, sparkSession());
    if (!(model instanceof CodingNetwork<?> network)) {
      throw new IllegalArgumentException(
          folder + " is a " + model.getClass().getSimpleName() + ", not an autoencoder");
    }
    List<Row> rows =
        sparkSession()
            .read()
            .schema(RestorerWriter.LIKENESS_SCHEMA)
            .parquet(path + "/" + RestorerWriter.LIKENESS_FOLDER)
            .collectAsList();
    if (rows.size() != 1) {
      throw new IllegalArgumentException(
          path + " is not a saved restorer: it tells " + rows.size() + " times what rows are like");
    }
    Restorer restorer = new Restorer(metadata.uid(), network, likeness(rows.get(0)));
    metadata.getAndSetParams(restorer, Option.empty());
    return restorer;
  }

  private static Likeness likeness(Row row) {
    return new Likeness(
        doubles(row, 0),
        doubles(row, 1),
        doubles(row, 2),
        row.getDouble(3),
        row.getDouble(4),
        row.isNullAt(5) ? null : new NormalCodes(floats(row, 5), floats(row, 6)));
  }

  private static double[] doubles(Row row, int column) {
    return row.<Double>getList(column).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static float[] floats(Row row, int column) {
    List<Float> list = row.getList(column);
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i);
    }
    return values;
  }
}
