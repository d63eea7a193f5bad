package io.sparkae.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Makes IDX files for the tests, byte by byte, without the code under test. */
public final class IdxFiles {
  private IdxFiles() {}

  /** A header and the bytes after it. */
  public static byte[] idx(int type, int[] dimensions, byte... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
    bytes.put((byte) 0).put((byte) 0).put((byte) type).put((byte) dimensions.length);
    for (int dimension : dimensions) {
      bytes.putInt(dimension);
    }
    return bytes.put(values).array();
  }

  /** {@code rows} images of 2 × 2 unsigned bytes: row r is (4r, 4r + 1, 4r + 2, 4r + 3) mod 256. */
  static byte[] images(int rows) {
    byte[] pixels = new byte[4 * rows];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    return idx(8, new int[] {rows, 2, 2}, pixels);
  }

  /** {@code rows} labels: row r has r mod 10. */
  public static byte[] labels(int rows) {
    byte[] labels = new byte[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = (byte) (i % 10);
    }
    return idx(8, new int[] {rows}, labels);
  }

  /**
   * Pictures of 28 × 28 unsigned bytes that can be told apart: a frame of 0 three pixels wide, then
   * row number {@code first} + r in the bits of the next line of pixels (255 for 1), and elsewhere
   * numbers from a keyed hash.
   */
  public static byte[] digits(int first, int rows) {
    byte[] pixels = new byte[rows * 784];
    for (int row = 0; row < rows; row++) {
      for (int y = 3; y < 25; y++) {
        for (int x = 3; x < 25; x++) {
          int hash = ((first + row) * 784 + 28 * y + x) * 0x9E3779B1;
          int bit = (first + row) >> (x - 3) & 1;
          pixels[row * 784 + 28 * y + x] = (byte) (y == 3 ? -bit : hash >>> 24);
        }
      }
    }
    return idx(8, new int[] {rows, 28, 28}, pixels);
  }

  public static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
