package io.sparkae.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Makes IDX files for the tests, byte by byte, without the code under test. */
final class IdxFiles {
  private IdxFiles() {}

  /** A header and the bytes after it. */
  static byte[] idx(int type, int[] dimensions, byte... values) {
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
  static byte[] labels(int rows) {
    byte[] labels = new byte[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = (byte) (i % 10);
    }
    return idx(8, new int[] {rows}, labels);
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
