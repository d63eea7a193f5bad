package io.sparkae.core.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Checkpoints whose bytes were changed. */
public final class ChangedCheckpoint {
  /** What comes after the content: the length of all, and its checksum. */
  public static final int TAIL = Long.BYTES + Integer.BYTES;

  private ChangedCheckpoint() {}

  /** Gives changed bytes the length and the checksum of a whole file. */
  public static void seal(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(file.length - TAIL, file.length);
    CRC32C checksum = new CRC32C();
    checksum.update(file, 0, file.length - Integer.BYTES);
    bytes.putInt(file.length - Integer.BYTES, (int) checksum.getValue());
  }
}
