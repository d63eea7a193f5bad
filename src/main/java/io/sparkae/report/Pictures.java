package io.sparkae.report;

import io.sparkae.core.Check;
import io.sparkae.data.FeatureProvenance.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws rows that are pictures: sheets of small pictures side by side, and PNG. */
public final class Pictures {
  /** Colour of the margins, 0xRRGGBB: neither the black nor the white of a picture. */
  static final int MARGIN_COLOUR = 0x808080;

  private Pictures() {}

  /**
   * Lays pictures out in rows from left to right and from top to bottom, each pixel a square of
   * {@code scale} × {@code scale}, with margins of {@code scale} pixels between the pictures and
   * around them. What is left of the last row has the colour of the margins. Equal input gives
   * equal pixels.
   *
   * @param images pictures of height · width · channels values each, row-major with the channels
   *     last; 0 is dark and 1 light, values outside are drawn as the nearer of the two, NaN as 0
   * @param shape the shape of every picture, with 1 channel (grey) or 3 (red, green, blue)
   * @param columns pictures in a row, at least 1; fewer if there are fewer pictures
   * @param scale pixels on the sheet for each pixel of a picture, along each side, at least 1
   * @return the sheet, opaque ({@link BufferedImage#TYPE_INT_RGB}), columns · (width + 1) + 1 times
   *     {@code scale} pixels wide
   * @throws IllegalArgumentException if there is no picture, one has not the length of the shape,
   *     or a number is out of its range
   */
  public static BufferedImage grid(List<float[]> images, ImageShape shape, int columns, int scale) {
    check(images, shape, columns, scale);
    int across = Math.min(columns, images.size());
    int down = (images.size() + across - 1) / across;
    BufferedImage sheet =
        new BufferedImage(
            side(across, shape.width(), scale),
            side(down, shape.height(), scale),
            BufferedImage.TYPE_INT_RGB);
    int[] margin = new int[sheet.getWidth() * sheet.getHeight()];
    Arrays.fill(margin, MARGIN_COLOUR);
    sheet.setRGB(0, 0, sheet.getWidth(), sheet.getHeight(), margin, 0, sheet.getWidth());
    for (int i = 0; i < images.size(); i++) {
      int left = scale + i % across * (shape.width() + 1) * scale;
      int top = scale + i / across * (shape.height() + 1) * scale;
      draw(images.get(i), shape, sheet, left, top, scale);
    }
    return sheet;
  }

  /**
   * {@return the picture as a PNG file}
   *
   * @param image any picture
   */
  public static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // In memory: by default ImageIO writes through a file in the temporary folder.
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalArgumentException("this kind of image has no PNG: " + image);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void check(List<float[]> images, ImageShape shape, int columns, int scale) {
    Check.that(!images.isEmpty(), "images", "at least 1", 0);
    Check.that(columns >= 1, "columns", "at least 1", columns);
    Check.that(scale >= 1, "scale", "at least 1", scale);
    int channels = shape.channels();
    Check.that(channels == 1 || channels == 3, "channels", "1 (grey) or 3 (rgb)", channels);
    int length = shape.height() * shape.width() * channels;
    for (float[] image : images) {
      Check.that(image.length == length, "values of an image", length + "", image.length);
    }
  }

  private static int side(int pictures, int pixels, int scale) {
    return Math.multiplyExact(Math.addExact(Math.multiplyExact(pictures, pixels + 1), 1), scale);
  }

  private static void draw(
      float[] image, ImageShape shape, BufferedImage sheet, int left, int top, int scale) {
    int[] square = new int[scale * scale];
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        Arrays.fill(square, colour(image, y * shape.width() + x, shape.channels()));
        sheet.setRGB(left + x * scale, top + y * scale, scale, scale, square, 0, scale);
      }
    }
  }

  private static int colour(float[] image, int pixel, int channels) {
    if (channels == 1) {
      return 0x010101 * level(image[pixel]);
    }
    return level(image[3 * pixel]) << 16
        | level(image[3 * pixel + 1]) << 8
        | level(image[3 * pixel + 2]);
  }

  /** The nearest of the 256 levels. */
  private static int level(float value) {
    return (int) (255 * Math.min(1, Math.max(0, value)) + 0.5f);
  }
}
