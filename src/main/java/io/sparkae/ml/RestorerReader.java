package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.objective.NormalCodes;
import io.sparkae.data.SavedStageException;
import io.sparkae.data.StageMetadata;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Row;

/** Reads what {@link RestorerWriter} wrote, and refuses what does not fit together. */
final class RestorerReader extends MLReader<Restorer> {
  @Override
  public Restorer load(String path) {
    StageMetadata metadata = StageMetadata.load(sparkSession(), path);
    metadata.requireClass(Restorer.class);
    String folder = path + "/" + RestorerWriter.MODEL_FOLDER;
    Model<?> model = SavedModels.load(sparkSession(), folder);
    if (!(model instanceof CodingNetwork<?> network)) {
      throw new SavedStageException(
          folder,
          "is " + Check.withArticle(model.getClass().getSimpleName()) + ", not an autoencoder");
    }
    List<Row> rows =
        sparkSession()
            .read()
            .schema(RestorerWriter.LIKENESS_SCHEMA)
            .parquet(path + "/" + RestorerWriter.LIKENESS_FOLDER)
            .limit(2)
            .collectAsList();
    if (rows.size() != 1) {
      throw new SavedStageException(
          path,
          "is not a saved restorer: it tells "
              + (rows.isEmpty() ? "nowhere" : "more than once")
              + " what rows are like");
    }
    Likeness likeness = likeness(path, rows.get(0), network.numFeatures(), network.getCodeSize());
    Restorer restorer = new Restorer(metadata.uid(), network, likeness);
    metadata.setParams(restorer);
    metadata.requireUnchanged();
    return restorer;
  }

  /**
   * What the row of a saved restorer says.
   *
   * @param features that the model's rows have
   * @param codeSize numbers of its codes
   * @throws SavedStageException if it does not fit the model
   */
  static Likeness likeness(String path, Row row, int features, int codeSize) {
    return new Likeness(
        doubles(path, row, 0, features),
        notNegative(path, 1, doubles(path, row, 1, features)),
        notNegative(path, 2, doubles(path, row, 2, features)),
        number(path, row, 3),
        number(path, row, 4),
        row.isNullAt(5) && row.isNullAt(6) ? null : codes(path, row, codeSize));
  }

  private static NormalCodes codes(String path, Row row, int size) {
    float[] mean = floats(path, row, 5, size);
    float[] axes = floats(path, row, 6, (long) size * size);
    for (int axis = 0; axis < size; axis++) {
      double square = 0;
      for (int i = 0; i < size; i++) {
        square += (double) axes[axis * size + i] * axes[axis * size + i];
      }
      if (square == 0) {
        throw new SavedStageException(path, "has an axis of length 0 among " + name(6));
      }
    }
    return new NormalCodes(mean, axes);
  }

  private static double number(String path, Row row, int column) {
    requireFinite(path, column, row.isNullAt(column) ? null : row.getDouble(column));
    return notNegative(path, column, row.getDouble(column))[0];
  }

  /** The values, none of which is below 0. */
  private static double[] notNegative(String path, int column, double... values) {
    for (double value : values) {
      if (value < 0) {
        throw new SavedStageException(path, "has the value " + value + " among " + name(column));
      }
    }
    return values;
  }

  private static double[] doubles(String path, Row row, int column, long length) {
    List<Double> list = list(path, row, column, length);
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      requireFinite(path, column, list.get(i));
      values[i] = list.get(i);
    }
    return values;
  }

  private static float[] floats(String path, Row row, int column, long length) {
    List<Float> list = list(path, row, column, length);
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      requireFinite(path, column, list.get(i));
      values[i] = list.get(i);
    }
    return values;
  }

  private static <T> List<T> list(String path, Row row, int column, long length) {
    List<T> list = row.isNullAt(column) ? List.of() : row.getList(column);
    if (list.size() != length) {
      throw new SavedStageException(
          path,
          "has " + list.size() + " numbers of " + name(column) + " where its model has " + length);
    }
    return list;
  }

  private static void requireFinite(String path, int column, Number value) {
    if (value == null || !Double.isFinite(value.doubleValue())) {
      throw new SavedStageException(path, "has the value " + value + " among " + name(column));
    }
  }

  private static String name(int column) {
    return RestorerWriter.LIKENESS_SCHEMA.apply(column).name();
  }
}
