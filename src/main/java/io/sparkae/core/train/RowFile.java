package io.sparkae.core.train;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of numbers that are written once, one array behind the other, and then read piece by
 * piece. It is deleted at once, and its space is free when it is closed.
 *
 * <p>Read, and not mapped into memory: what a process has mapped counts as its own where a cluster
 * limits its memory, though the system could have it back. Any number of threads may read, without
 * allocating anything but a buffer each.
 */
final class RowFile implements Closeable {
  private static final int BUFFER = 1 << 16;

  /** A thread's buffer, and the same bytes as numbers. */
  private static final class Window {
    private final ByteBuffer bytes =
        ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final FloatBuffer floats = bytes.asFloatBuffer();
    private final IntBuffer ints = bytes.asIntBuffer();
  }

  private static final int NUMBERS = BUFFER / Float.BYTES;

  private final FileChannel channel;
  private final ThreadLocal<Window> windows = ThreadLocal.withInitial(Window::new);
  private long end;

  /** An empty one; the path is free again when this has been made. */
  RowFile(Path file) throws IOException {
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      Files.delete(file);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Writes at the end; the place of the first number, in bytes. */
  long write(float[] values) throws IOException {
    long start = end;
    Window window = windows.get();
    for (int at = 0; at < values.length; at += NUMBERS) {
      int count = Math.min(values.length - at, NUMBERS);
      window.floats.put(0, values, at, count);
      flush(window.bytes, count);
    }
    return start;
  }

  /** Writes at the end; the place of the first number, in bytes. */
  long write(int[] values) throws IOException {
    long start = end;
    Window window = windows.get();
    for (int at = 0; at < values.length; at += NUMBERS) {
      int count = Math.min(values.length - at, NUMBERS);
      window.ints.put(0, values, at, count);
      flush(window.bytes, count);
    }
    return start;
  }

  private void flush(ByteBuffer bytes, int numbers) throws IOException {
    bytes.clear().limit(numbers * Float.BYTES);
    while (bytes.hasRemaining()) {
      end += channel.write(bytes, end);
    }
  }

  /** Reads {@code length} numbers, from one of those that were written at a place on. */
  void read(long place, long first, float[] target, int offset, int length) {
    Window window = windows.get();
    for (int at = 0; at < length; at += NUMBERS) {
      int count = Math.min(length - at, NUMBERS);
      fill(window.bytes, place + (first + at) * Float.BYTES, count);
      window.floats.get(0, target, offset + at, count);
    }
  }

  /** Reads {@code length} numbers, from one of those that were written at a place on. */
  void read(long place, long first, int[] target, int offset, int length) {
    Window window = windows.get();
    for (int at = 0; at < length; at += NUMBERS) {
      int count = Math.min(length - at, NUMBERS);
      fill(window.bytes, place + (first + at) * Float.BYTES, count);
      window.ints.get(0, target, offset + at, count);
    }
  }

  private void fill(ByteBuffer bytes, long from, int numbers) {
    bytes.clear().limit(numbers * Float.BYTES);
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, from + bytes.position()) < 0) {
          throw new IOException("a file of rows has been cut short");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
