package io.sparkae.data;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file, each of which has a checksum (PNG specification, section 5.3) that
 * Java's own reader does not look at: with a changed bit it gives another picture.
 */
final class PngChunks {
  private static final long SIGNATURE = 0x89504E470D0A1A0AL;
  private static final int END = 0x49454E44; // IEND

  private PngChunks() {}

  /**
   * Compares the checksums of all chunks if the file is PNG.
   *
   * @param bytes of the file
   * @param file its name, for messages
   * @throws LineFormatException if one does not fit, or the file ends before its last chunk
   */
  static void requireWhole(byte[] bytes, String file) {
    ByteBuffer left = ByteBuffer.wrap(bytes); // PNG is big-endian, as the buffer is
    if (left.remaining() < Long.BYTES || left.getLong() != SIGNATURE) {
      return;
    }
    try {
      int type;
      do {
        int length = left.getInt();
        int start = left.position();
        type = left.getInt();
        if (length < 0 || length > left.remaining()) {
          throw new BufferUnderflowException();
        }
        left.position(left.position() + length);
        CRC32 checksum = new CRC32();
        checksum.update(bytes, start, Integer.BYTES + length);
        if (left.getInt() != (int) checksum.getValue()) {
          throw new LineFormatException(
              file,
              "is a PNG image that was changed or damaged: the checksum of its bytes "
                  + start
                  + " to "
                  + (left.position() - Integer.BYTES - 1)
                  + " does not fit");
        }
      } while (type != END);
    } catch (BufferUnderflowException cut) {
      throw new LineFormatException(file, "is a PNG image that is cut short or damaged");
    }
  }
}
