package io.sparkae.core.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@link CheckpointOutput} wrote. A length that goes beyond the file is noticed before
 * there is room for it: what is read takes no more memory than a few times the file.
 */
public final class CheckpointInput {
  /** Reads a value. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Reads it.
     *
     * @param in where from
     * @return the value
     * @throws IOException if that fails
     */
    T read(CheckpointInput in) throws IOException;
  }

  private final InputStream in;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private long unread;

  /**
   * @param in the file
   * @param length bytes of it that may be read
   */
  CheckpointInput(InputStream in, long length) {
    this.in = in;
    this.unread = length;
    buffer.limit(0);
  }

  /** Bytes that were not given out yet. */
  private long left() {
    return unread + buffer.remaining();
  }

  /** Lets the buffer hold so many bytes at least. */
  private ByteBuffer filled(int bytes) throws IOException {
    if (buffer.remaining() >= bytes) {
      return buffer;
    }
    if (left() < bytes) {
      throw new DamagedCheckpointException("ends too early");
    }
    buffer.compact();
    int wanted = (int) Math.min(unread, buffer.remaining());
    int count = in.readNBytes(buffer.array(), buffer.position(), wanted);
    unread -= wanted;
    buffer.position(buffer.position() + count).flip();
    if (count < wanted) {
      throw new DamagedCheckpointException("is cut short");
    }
    return buffer;
  }

  private int count(int leastBytes) throws IOException {
    int count = getInt();
    if (count < 0 || (long) count * leastBytes > left()) {
      throw new DamagedCheckpointException("has a length of " + count + " that it does not hold");
    }
    return count;
  }

  /**
   * {@return the next four bytes}
   *
   * @throws IOException if there are none
   */
  public int getInt() throws IOException {
    return filled(Integer.BYTES).getInt();
  }

  /**
   * {@return the next eight bytes}
   *
   * @throws IOException if there are none
   */
  public long getLong() throws IOException {
    return filled(Long.BYTES).getLong();
  }

  /**
   * {@return the next eight bytes}
   *
   * @throws IOException if there are none
   */
  public double getDouble() throws IOException {
    return filled(Double.BYTES).getDouble();
  }

  /**
   * {@return the next words}
   *
   * @throws IOException if there are none
   */
  public String getText() throws IOException {
    byte[] bytes = new byte[count(1)];
    for (int at = 0; at < bytes.length; ) {
      int count = Math.min(bytes.length - at, filled(1).remaining());
      buffer.get(bytes, at, count);
      at += count;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * {@return the next numbers}
   *
   * @throws IOException if there are none
   */
  public float[] getFloats() throws IOException {
    float[] values = new float[count(Float.BYTES)];
    for (int at = 0; at < values.length; ) {
      int count = Math.min(values.length - at, filled(Float.BYTES).remaining() / Float.BYTES);
      buffer.asFloatBuffer().get(values, at, count);
      buffer.position(buffer.position() + count * Float.BYTES);
      at += count;
    }
    return values;
  }

  /**
   * {@return the next numbers}
   *
   * @throws IOException if there are none
   */
  public double[] getDoubles() throws IOException {
    double[] values = new double[count(Double.BYTES)];
    for (int i = 0; i < values.length; i++) {
      values[i] = getDouble();
    }
    return values;
  }

  /**
   * {@return the next values}
   *
   * @param <T> what they are
   * @param reader reads one
   * @throws IOException if there are none
   */
  public <T> List<T> getList(Reader<T> reader) throws IOException {
    int count = count(Integer.BYTES); // no value takes less
    List<T> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(reader.read(this));
    }
    return values;
  }

  /**
   * {@return the next named values in their order}
   *
   * @param <T> what they are
   * @param reader reads one
   * @throws IOException if there are none
   */
  public <T> Map<String, T> getMap(Reader<T> reader) throws IOException {
    int count = count(2 * Integer.BYTES);
    Map<String, T> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(getText(), reader.read(this));
    }
    return values;
  }

  /** Nothing may be left. */
  void requireEnd() throws IOException {
    if (left() != 0) {
      throw new DamagedCheckpointException("has " + left() + " bytes more than it should");
    }
  }
}
