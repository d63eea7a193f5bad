package io.sparkae.data;

import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/**
 * Where a features column comes from; kept in the column's metadata, which Parquet keeps.
 *
 * @param format name of the format or generator, such as {@code idx}
 * @param source the file, or what else says where the rows come from
 * @param scaling how the numbers became features
 * @param image the picture that a row is, if it is one
 */
public record FeatureProvenance(
    String format, String source, Scaling scaling, Optional<ImageShape> image) {

  /**
   * The picture that a row is, row-major with the channels last.
   *
   * @param height pixels from top to bottom
   * @param width pixels from left to right
   * @param channels numbers per pixel
   */
  public record ImageShape(int height, int width, int channels) {}

  private static final String KEY = "sparkae";
  private static final String FORMAT = "format";
  private static final String SOURCE = "source";
  private static final String SCALE = "scale";
  private static final String HEIGHT = "imageHeight";
  private static final String WIDTH = "imageWidth";
  private static final String CHANNELS = "imageChannels";

  /**
   * {@return the same with another scaling}
   *
   * @param other how elements became features
   */
  public FeatureProvenance scaled(Scaling other) {
    return new FeatureProvenance(format, source, other, image);
  }

  /**
   * {@return {@code base} with this provenance in it}
   *
   * @param base metadata of the column, copied
   */
  public Metadata addTo(Metadata base) {
    MetadataBuilder fields =
        new MetadataBuilder()
            .putString(FORMAT, format)
            .putString(SOURCE, source)
            .putString(SCALE, scaling.label());
    image.ifPresent(
        shape ->
            fields
                .putLong(HEIGHT, shape.height())
                .putLong(WIDTH, shape.width())
                .putLong(CHANNELS, shape.channels()));
    return new MetadataBuilder().withMetadata(base).putMetadata(KEY, fields.build()).build();
  }

  /**
   * {@return the provenance of a column, or empty if it has none}
   *
   * @param column column of a table's schema
   */
  public static Optional<FeatureProvenance> of(StructField column) {
    if (!column.metadata().contains(KEY)) {
      return Optional.empty();
    }
    Metadata fields = column.metadata().getMetadata(KEY);
    Optional<ImageShape> image =
        fields.contains(HEIGHT)
            ? Optional.of(
                new ImageShape(
                    (int) fields.getLong(HEIGHT),
                    (int) fields.getLong(WIDTH),
                    (int) fields.getLong(CHANNELS)))
            : Optional.empty();
    return Optional.of(
        new FeatureProvenance(
            fields.getString(FORMAT),
            fields.getString(SOURCE),
            Scaling.valueOf(fields.getString(SCALE).toUpperCase(Locale.ROOT)),
            image));
  }
}
