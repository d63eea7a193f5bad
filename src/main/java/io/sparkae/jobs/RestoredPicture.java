package io.sparkae.jobs;

import io.sparkae.data.FeatureProvenance.ImageShape;
import io.sparkae.ml.Restorer;
import io.sparkae.report.Pictures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The first restored rows as a picture: above as they were given, below as they were restored. */
final class RestoredPicture {
  static final String NAME = "restored.png";

  private static final int COLUMNS = 16;
  private static final double MISSING = 0.5;

  private RestoredPicture() {}

  /**
   * The picture; below all, rows as they should be, where that is known.
   *
   * @param rows as {@link RestoredColumns} has them
   * @param shape empty for rows that are no pictures
   */
  static Optional<byte[]> of(Dataset<Row> rows, Restorer restorer, Optional<ImageShape> shape) {
    List<Row> first = shape.isEmpty() ? List.of() : rows.takeAsList(COLUMNS);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    List<float[]> images = images(first, restorer).stream().map(Decoded::image).toList();
    return Optional.of(
        Pictures.png(Pictures.grid(images, shape.get(), first.size(), Decoded.SCALE)));
  }

  /** Rows as they were given, as they were restored and, where that is known, as they should be. */
  static List<double[]> images(List<Row> rows, Restorer restorer) {
    List<double[]> images = new ArrayList<>();
    for (Row row : rows) {
      double[] given = RestoredColumns.given(row, restorer.getDistrusted());
      images.add(
          Arrays.stream(given).map(value -> Double.isNaN(value) ? MISSING : value).toArray());
    }
    for (int column : List.of(RestoredColumns.RESTORED, RestoredColumns.TRUTH)) {
      for (Row row : rows) {
        if (!row.isNullAt(column)) {
          images.add(EncodedRows.features(row, column));
        }
      }
    }
    return images;
  }
}
