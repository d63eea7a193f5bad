package io.sparkae.core.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes numbers and words as little-endian bytes, arrays behind their length, and sums them up.
 */
public final class CheckpointOutput {
  /** Writes a value. */
  @FunctionalInterface
  public interface Writer<T> {
    /**
     * Writes it.
     *
     * @param value what is to be written
     * @param out where to
     * @throws IOException if that fails
     */
    void write(T value, CheckpointOutput out) throws IOException;
  }

  private final OutputStream out;
  private final CRC32C checksum = new CRC32C();
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private long flushed;

  CheckpointOutput(OutputStream out) {
    this.out = out;
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() throws IOException {
    checksum.update(buffer.array(), 0, buffer.position());
    out.write(buffer.array(), 0, buffer.position());
    flushed += buffer.position();
    buffer.clear();
  }

  /** The end of a file: its length and the checksum of all before the checksum. */
  void end() throws IOException {
    putLong(flushed + buffer.position() + Long.BYTES + Integer.BYTES);
    flush();
    putInt((int) checksum.getValue());
    flush();
  }

  /**
   * Writes four bytes.
   *
   * @param value any
   * @throws IOException if that fails
   */
  public void putInt(int value) throws IOException {
    room(Integer.BYTES).putInt(value);
  }

  /**
   * Writes eight bytes.
   *
   * @param value any
   * @throws IOException if that fails
   */
  public void putLong(long value) throws IOException {
    room(Long.BYTES).putLong(value);
  }

  /**
   * Writes eight bytes.
   *
   * @param value any, to the bit
   * @throws IOException if that fails
   */
  public void putDouble(double value) throws IOException {
    room(Double.BYTES).putDouble(value);
  }

  /**
   * Writes words.
   *
   * @param value any
   * @throws IOException if that fails
   */
  public void putText(String value) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    putInt(bytes.length);
    for (int at = 0; at < bytes.length; ) {
      int count = Math.min(bytes.length - at, room(1).remaining());
      buffer.put(bytes, at, count);
      at += count;
    }
  }

  /**
   * Writes numbers.
   *
   * @param values any, to the bit
   * @throws IOException if that fails
   */
  public void putFloats(float[] values) throws IOException {
    putInt(values.length);
    for (int at = 0; at < values.length; ) {
      int count = Math.min(values.length - at, room(Float.BYTES).remaining() / Float.BYTES);
      buffer.asFloatBuffer().put(values, at, count);
      buffer.position(buffer.position() + count * Float.BYTES);
      at += count;
    }
  }

  /**
   * Writes numbers.
   *
   * @param values any, to the bit
   * @throws IOException if that fails
   */
  public void putDoubles(double[] values) throws IOException {
    putInt(values.length);
    for (double value : values) {
      putDouble(value);
    }
  }

  /**
   * Writes values behind their number.
   *
   * @param <T> what they are
   * @param values any
   * @param writer writes one
   * @throws IOException if that fails
   */
  public <T> void putList(List<T> values, Writer<? super T> writer) throws IOException {
    putInt(values.size());
    for (T value : values) {
      writer.write(value, this);
    }
  }

  /**
   * Writes named values in their order behind their number.
   *
   * @param <T> what they are
   * @param values any
   * @param writer writes one
   * @throws IOException if that fails
   */
  public <T> void putMap(Map<String, T> values, Writer<? super T> writer) throws IOException {
    putInt(values.size());
    for (Map.Entry<String, T> entry : values.entrySet()) {
      putText(entry.getKey());
      writer.write(entry.getValue(), this);
    }
  }
}
