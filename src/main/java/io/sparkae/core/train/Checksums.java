package io.sparkae.core.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** CRC-32C over arrays of numbers, by chunks. */
public final class Checksums {
  private static final int CHUNK = 1 << 14;

  private Checksums() {}

  /**
   * Adds numbers to a checksum, as little-endian bytes.
   *
   * @param checksum is updated
   * @param values any
   * @param length how many of them count, from the first
   */
  public static void update(CRC32C checksum, float[] values, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i += CHUNK) {
      int n = Math.min(CHUNK, length - i);
      bytes.clear();
      bytes.asFloatBuffer().put(values, i, n);
      checksum.update(bytes.limit(n * Float.BYTES));
    }
  }

  static void update(CRC32C checksum, int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i += CHUNK) {
      int n = Math.min(CHUNK, values.length - i);
      bytes.clear();
      bytes.asIntBuffer().put(values, i, n);
      checksum.update(bytes.limit(n * Integer.BYTES));
    }
  }
}
