package io.sparkae.data;

import io.sparkae.core.Check;
import java.util.Locale;
import java.util.NoSuchElementException;
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
  public record ImageShape(int height, int width, int channels) {
    /**
     * Checks the sizes.
     *
     * @param height at least 1
     * @param width at least 1
     * @param channels at least 1; all numbers of a picture fit into a row
     */
    public ImageShape {
      Check.that(height >= 1, HEIGHT, "at least 1", height);
      Check.that(width >= 1, WIDTH, "at least 1", width);
      Check.that(channels >= 1, CHANNELS, "at least 1", channels);
      double numbers = (double) height * width * channels;
      Check.that(numbers <= IdxHeader.MAX_ROW_LENGTH, "numbers of a picture", FEWER, numbers);
    }
  }

  private static final String FEWER = "at most " + IdxHeader.MAX_ROW_LENGTH;
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
   * @throws IllegalArgumentException if it has one that is malformed
   */
  public static Optional<FeatureProvenance> of(StructField column) {
    if (!column.metadata().contains(KEY)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(column.metadata().getMetadata(KEY)));
    } catch (IllegalArgumentException
        | ArithmeticException
        | ClassCastException
        | NoSuchElementException e) { // the last two of Spark's Metadata
      throw new IllegalArgumentException(
          "column "
              + Check.shown(column.name())
              + " has metadata "
              + KEY
              + " that do not fit: "
              + Check.shown(String.valueOf(e.getMessage())),
          e);
    }
  }

  private static FeatureProvenance read(Metadata fields) {
    Optional<ImageShape> image =
        fields.contains(HEIGHT)
            ? Optional.of(
                new ImageShape(
                    Math.toIntExact(fields.getLong(HEIGHT)),
                    Math.toIntExact(fields.getLong(WIDTH)),
                    Math.toIntExact(fields.getLong(CHANNELS))))
            : Optional.empty();
    return new FeatureProvenance(
        fields.getString(FORMAT),
        fields.getString(SOURCE),
        Scaling.valueOf(fields.getString(SCALE).toUpperCase(Locale.ROOT)),
        image);
  }
}
