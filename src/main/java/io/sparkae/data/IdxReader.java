package io.sparkae.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Streams the rows of an IDX file (the format of MNIST), compressed by gzip or not; which of the
 * two is told by the first bytes, not by the name.
 */
public final class IdxReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Bytes that gzip packs into one, at most. */
  private static final long MOST_PACKED = 1032;

  private final DataInputStream in;
  private final String file;
  private final boolean compressed;
  private final IdxHeader header;
  private final ByteBuffer buffer;
  private long row;

  private IdxReader(DataInputStream in, String file, boolean compressed, IdxHeader header) {
    this.in = in;
    this.file = file;
    this.compressed = compressed;
    this.header = header;
    this.buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, Math.max(8, header.rowBytes())));
  }

  /**
   * Opens a stream and reads its header.
   *
   * @param in the bytes of the file; closed with the reader, and if opening fails
   * @param file the name that errors give
   * @return a reader before its first row
   * @throws IdxFormatException if the bytes are not those of an IDX file
   * @throws IOException if reading fails
   */
  public static IdxReader open(InputStream in, String file) throws IOException {
    try {
      BufferedInputStream bytes = new BufferedInputStream(in, BUFFER_BYTES);
      bytes.mark(2);
      boolean compressed = bytes.read() == 0x1f && bytes.read() == 0x8b;
      bytes.reset();
      InputStream plain = compressed ? gunzip(bytes, file) : bytes;
      DataInputStream data = new DataInputStream(plain);
      return new IdxReader(data, file, compressed, readHeader(data, file));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static InputStream gunzip(InputStream bytes, String file) throws IOException {
    try {
      return new BufferedInputStream(new GZIPInputStream(bytes, BUFFER_BYTES), BUFFER_BYTES);
    } catch (EOFException | ZipException e) {
      throw new IdxFormatException(file, "a broken gzip file: " + e.getMessage(), e);
    }
  }

  private static IdxHeader readHeader(DataInputStream data, String file) throws IOException {
    try {
      return IdxHeader.read(data, file);
    } catch (ZipException e) {
      throw new IdxFormatException(file, "a broken gzip file: " + e.getMessage(), e);
    }
  }

  /** {@return the element type and dimensions} */
  public IdxHeader header() {
    return header;
  }

  /**
   * {@return whether the file is compressed by gzip, so that its length says nothing about its
   * rows}
   */
  public boolean compressed() {
    return compressed;
  }

  /**
   * Checks that a file is long enough for what its header says, so that nobody makes room for more
   * than there can be: plain files must have that length, and those of gzip at least 1/1032 of it.
   *
   * @param length bytes of the file as it is
   * @throws IdxFormatException if it cannot be that
   */
  public void checkLength(long length) throws IdxFormatException {
    long needed = header.fileBytes();
    if (compressed ? needed > MOST_PACKED * length : needed != length) {
      throw new IdxFormatException(
          file,
          String.format(
              "%s: it has %d bytes%s where %s of %s need %d",
              length < needed ? "truncated" : "bytes follow the last row",
              length,
              compressed ? " of gzip" : "",
              header.shape(),
              header.type(),
              needed));
    }
  }

  /** {@return the index of the row that {@link #readRow} gives next, from 0} */
  public long nextRow() {
    return row;
  }

  /** {@return whether {@link #readRow} has a row to give} */
  public boolean hasNext() {
    return row < header.rows();
  }

  /**
   * Reads the next row.
   *
   * @param values filled with the elements, {@code header().rowLength()} of them, in file order
   * @throws IdxFormatException if the file ends before the row does
   * @throws IOException if reading fails
   */
  public void readRow(double[] values) throws IOException {
    if (!hasNext()) {
      throw new IllegalStateException(file + " has only " + header.rows() + " rows");
    }
    if (values.length != header.rowLength()) {
      throw new IllegalArgumentException(
          "a row has " + header.rowLength() + " elements, not " + values.length);
    }
    IdxType type = header.type();
    int perBuffer = buffer.capacity() / type.bytes();
    for (int start = 0; start < values.length; start += perBuffer) {
      int end = Math.min(values.length, start + perBuffer);
      fill((end - start) * type.bytes());
      for (int i = start; i < end; i++) {
        values[i] = type.get(buffer);
      }
    }
    row++;
  }

  /**
   * Passes over rows without decoding them.
   *
   * @param count rows to pass over, at most those that are left
   * @throws IdxFormatException if the file ends before they do
   * @throws IOException if reading fails
   */
  public void skipRows(long count) throws IOException {
    if (count < 0 || count > header.rows() - row) {
      throw new IllegalArgumentException(
          "cannot pass over " + count + " of the " + (header.rows() - row) + " rows left");
    }
    if (compressed) {
      for (long i = 0; i < count; i++) {
        passRow();
      }
    } else {
      skipBytes(count * header.rowBytes());
      row += count;
    }
  }

  /** Unpacks the next row, so that it is known where the file ends. */
  private void passRow() throws IOException {
    long left = header.rowBytes();
    while (left > 0) {
      int bytes = (int) Math.min(left, buffer.capacity());
      fill(bytes);
      left -= bytes;
    }
    row++;
  }

  private void skipBytes(long count) throws IOException {
    long left = count;
    try {
      while (left > 0) {
        long skipped = in.skip(left);
        if (skipped == 0) {
          in.readByte();
          skipped = 1;
        }
        left -= skipped;
      }
    } catch (EOFException e) {
      row += (count - left) / header.rowBytes();
      throw truncated(e);
    }
  }

  /**
   * Checks that nothing follows the last row.
   *
   * @throws IdxFormatException if bytes follow it
   * @throws IOException if reading fails
   */
  public void checkEnd() throws IOException {
    int next;
    try {
      next = in.read();
    } catch (EOFException e) {
      throw truncated(e);
    } catch (ZipException e) {
      throw broken(e);
    }
    if (next >= 0) {
      throw new IdxFormatException(
          file,
          String.format(
              "bytes follow the last row: %s of %s end at byte %d",
              header.shape(), header.type(), header.fileBytes()));
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void fill(int bytes) throws IOException {
    buffer.clear().limit(bytes);
    try {
      in.readFully(buffer.array(), 0, bytes);
    } catch (EOFException e) {
      throw truncated(e);
    } catch (ZipException e) {
      throw broken(e);
    }
  }

  private IdxFormatException truncated(EOFException cause) {
    return new IdxFormatException(
        file,
        String.format(
            "truncated: it ends in or before row %d of %d (%s of %s need %d bytes%s)",
            row,
            header.rows(),
            header.shape(),
            header.type(),
            header.fileBytes(),
            compressed ? " when unpacked" : ""),
        cause);
  }

  private IdxFormatException broken(ZipException cause) {
    return new IdxFormatException(
        file, "a broken gzip file, near row " + row + ": " + cause.getMessage(), cause);
  }
}
