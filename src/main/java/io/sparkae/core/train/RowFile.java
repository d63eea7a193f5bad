package io.sparkae.core.train;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of numbers that are written once, one array behind the other, and then read where they
 * lie: mapped into memory, not held in the heap. What was mapped stays readable when the file is
 * closed and deleted.
 */
final class RowFile implements Closeable {
  /** Bytes that are mapped at a time, unless an array is longer. */
  static final long SEGMENT = 1L << 30;

  private static final int BUFFER = 1 << 20;

  /**
   * Where an array lies.
   *
   * @param segment which of the mapped parts it is in
   * @param offset of its first byte there
   * @param length numbers
   */
  record Range(int segment, int offset, int length) {}

  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  private final List<Long> segmentStarts = new ArrayList<>(List.of(0L));
  private final List<MappedByteBuffer> segments = new ArrayList<>();
  private final long segmentBytes;
  private long position;

  RowFile(Path file, long segmentBytes) throws IOException {
    this.segmentBytes = segmentBytes;
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  Range write(float[] values) throws IOException {
    Range range = begin(values.length);
    for (int at = 0; at < values.length; at += BUFFER / Float.BYTES) {
      int count = Math.min(values.length - at, BUFFER / Float.BYTES);
      buffer.clear();
      buffer.asFloatBuffer().put(values, at, count);
      flush(count * Float.BYTES);
    }
    return range;
  }

  Range write(int[] values) throws IOException {
    Range range = begin(values.length);
    for (int at = 0; at < values.length; at += BUFFER / Integer.BYTES) {
      int count = Math.min(values.length - at, BUFFER / Integer.BYTES);
      buffer.clear();
      buffer.asIntBuffer().put(values, at, count);
      flush(count * Integer.BYTES);
    }
    return range;
  }

  /** The place of the next array: all of it in one segment. */
  private Range begin(int length) {
    int bytes = Math.multiplyExact(length, Float.BYTES);
    long start = segmentStarts.get(segmentStarts.size() - 1);
    if (position > start && position - start + bytes > segmentBytes) {
      start = position;
      segmentStarts.add(start);
    }
    return new Range(segmentStarts.size() - 1, (int) (position - start), length);
  }

  private void flush(int bytes) throws IOException {
    buffer.position(0).limit(bytes);
    while (buffer.hasRemaining()) {
      position += channel.write(buffer);
    }
  }

  /** Maps all that was written. */
  void map() throws IOException {
    for (int s = 0; s < segmentStarts.size(); s++) {
      long start = segmentStarts.get(s);
      long end = s + 1 < segmentStarts.size() ? segmentStarts.get(s + 1) : position;
      segments.add(channel.map(FileChannel.MapMode.READ_ONLY, start, end - start));
    }
  }

  private ByteBuffer bytes(Range range) {
    return segments
        .get(range.segment)
        .slice(range.offset, range.length * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The floats of a range of the mapped file. */
  FloatBuffer floats(Range range) {
    return bytes(range).asFloatBuffer();
  }

  /** The whole numbers of a range of the mapped file. */
  IntBuffer ints(Range range) {
    return bytes(range).asIntBuffer();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
