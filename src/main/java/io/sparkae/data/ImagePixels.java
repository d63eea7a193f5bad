package io.sparkae.data;

import io.sparkae.core.Check;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The pixels of an image file (PNG, JPEG, GIF or BMP; of an animation the first picture).
 *
 * @param height pixels from top to bottom
 * @param width pixels from left to right
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param values numbers from 0 to 255, row-major with the channels last
 */
record ImagePixels(int height, int width, int channels, double[] values) {
  /** More pixels than this are taken for an attack, not for a picture to learn from. */
  private static final long MOST_PIXELS = 100_000_000;

  /** Bytes of a file that are read at most. */
  private static final int MOST_BYTES = 1 << 28;

  /** Pixels of a bit each that PNG, which packs at best by 1032, holds in a byte: no other more. */
  private static final long PIXELS_PER_BYTE = 8 * 1032;

  private static final Set<String> FORMATS = Set.of("png", "jpeg", "gif", "bmp");

  /** Pixels that a file of some bytes has at most. */
  static long mostPixels(long bytes) {
    return Math.min(MOST_PIXELS, PIXELS_PER_BYTE * bytes);
  }

  /** Java has some for other formats, too. */
  private static Optional<ImageReader> reader(ImageInputStream stream) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return Optional.of(reader);
      }
      reader.dispose();
    }
    return Optional.empty();
  }

  /**
   * Decodes a file.
   *
   * @param colour whether to give three channels; else grey, of colours 0.299 R + 0.587 G + 0.114 B
   * @param file the file's name, for messages
   * @throws LineFormatException if it is no image that can be read, or too large
   */
  static ImagePixels decode(InputStream source, boolean colour, String file) {
    byte[] bytes = read(source, file);
    PngChunks.requireWhole(bytes, file);
    BufferedImage image;
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader =
          reader(stream)
              .orElseThrow(
                  () -> new LineFormatException(file, "is no image (PNG, JPEG, GIF or BMP)"));
      try {
        reader.setInput(stream, true, true);
        reader.addIIOReadWarningListener((decoder, warning) -> refuseDamage(warning, file));
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        long most = mostPixels(bytes.length);
        if (pixels > most) {
          throw new LineFormatException(
              file,
              "says to have " + pixels + " pixels, where " + most + " are the most for its size");
        }
        image = reader.read(0);
      } finally {
        reader.dispose();
      }
    } catch (LineFormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // ImageIO's readers throw exceptions of many kinds at files that are cut or damaged
      LineFormatException told =
          new LineFormatException(
              file,
              "is an image that cannot be decoded: " + Check.shown(String.valueOf(e.getMessage())));
      told.addSuppressed(e);
      throw told;
    }
    return of(image, colour);
  }

  private static byte[] read(InputStream source, String file) {
    try {
      byte[] bytes = source.readNBytes(MOST_BYTES);
      if (bytes.length == MOST_BYTES) {
        throw new LineFormatException(file, "has " + MOST_BYTES + " bytes or more: it is no image");
      }
      return bytes;
    } catch (IOException e) {
      throw new LineFormatException(file, "cannot be read: " + e.getMessage());
    }
  }

  /** JPEG's reader goes on with grey where data are missing or damaged, and only warns. */
  private static void refuseDamage(String warning, String file) {
    boolean damaged =
        warning.startsWith("Premature end")
            || warning.startsWith("Truncated File")
            || warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous bytes");
    if (damaged) {
      throw new LineFormatException(
          file, "is an image that cannot be decoded: " + Check.shown(warning));
    }
  }

  private static ImagePixels of(BufferedImage image, boolean colour) {
    int channels = colour ? 3 : 1;
    double[] values = new double[image.getHeight() * image.getWidth() * channels];
    Raster raster = image.getRaster();
    // getRGB would put grey levels through the gamma of another colour space.
    boolean grey =
        image.getColorModel().getNumComponents() == 1
            && image.getColorModel().getTransferType() == DataBuffer.TYPE_BYTE
            && image.getColorModel().getPixelSize() == 8
            && image.getType() == BufferedImage.TYPE_BYTE_GRAY;
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = grey ? 0x010101 * raster.getSample(x, y, 0) : image.getRGB(x, y);
        int red = rgb >> 16 & 255;
        int green = rgb >> 8 & 255;
        int blue = rgb & 255;
        if (colour) {
          values[at++] = red;
          values[at++] = green;
          values[at++] = blue;
        } else {
          values[at++] = grey ? red : 0.299 * red + 0.587 * green + 0.114 * blue;
        }
      }
    }
    return new ImagePixels(image.getHeight(), image.getWidth(), channels, values);
  }

  /** The same picture of another size: each pixel the mean of the area that it covers. */
  ImagePixels resized(int newHeight, int newWidth) {
    if (newHeight == height && newWidth == width) {
      return this;
    }
    double[] wide = new double[height * newWidth * channels];
    for (int y = 0; y < height; y++) {
      average(
          values, y * width * channels, channels, width, wide, y * newWidth * channels, newWidth);
    }
    double[] result = new double[newHeight * newWidth * channels];
    int stride = newWidth * channels;
    for (int x = 0; x < newWidth; x++) {
      average(wide, x * channels, stride, height, result, x * channels, newHeight);
    }
    return new ImagePixels(newHeight, newWidth, channels, result);
  }

  /**
   * Averages a line of pixels into one of another length. Pixels of both lines lie {@code stride}
   * apart, each with all its channels.
   */
  private void average(
      double[] source, int from, int stride, int length, double[] target, int to, int newLength) {
    double scale = (double) length / newLength;
    for (int i = 0; i < newLength; i++) {
      double start = i * scale;
      double end = Math.min(length, (i + 1) * scale);
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int k = (int) start; k < length && k < end; k++) {
          double covered = Math.min(end, k + 1.0) - Math.max(start, k);
          sum += covered * source[from + k * stride + c];
        }
        target[to + i * stride + c] = sum / (end - start);
      }
    }
  }
}
