package io.sparkae.jobs;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Files of this machine under a scheme of their own, whose disk takes so many bytes until it is
 * full, and so many changes until it is read-only.
 */
public final class FaultyDisk extends RawLocalFileSystem {
  private static final String SCHEME = "faulty";

  /** A name that nothing is given any more in a JVM that is to be killed then. */
  private static final String HELD = System.getProperty("sparkae.test.heldName");

  private static final AtomicLong BYTES = new AtomicLong();
  private static final AtomicLong CHANGES = new AtomicLong();
  private static volatile long room = Long.MAX_VALUE;
  private static volatile long changesLeft = Long.MAX_VALUE;

  /** Makes it known. */
  static void register(Configuration configuration) {
    configuration.set("fs." + SCHEME + ".impl", FaultyDisk.class.getName());
  }

  /** Options of a JVM that knows it and where nothing is renamed to a name. */
  static String[] holding(String name) {
    return new String[] {
      "-Dspark.hadoop.fs." + SCHEME + ".impl=" + FaultyDisk.class.getName(),
      "-Dsparkae.test.heldName=" + name
    };
  }

  /** What a file of this machine is called there. */
  static String name(java.nio.file.Path file) {
    return SCHEME + ":" + file;
  }

  /** Takes all from now on, and counts from zero. */
  static void mend() {
    fillAfter(Long.MAX_VALUE);
    CHANGES.set(0);
    changesLeft = Long.MAX_VALUE;
  }

  /** Is full after so many bytes more. */
  static void fillAfter(long bytes) {
    BYTES.set(0);
    room = bytes;
  }

  /** Is read-only after so many changes more: files and folders made, renamed or deleted. */
  static void freezeAfter(long changes) {
    CHANGES.set(0);
    changesLeft = changes;
  }

  /** Written since. */
  static long bytes() {
    return BYTES.get();
  }

  /** Made since. */
  static long changes() {
    return CHANGES.get();
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  private static void change() throws IOException {
    if (CHANGES.incrementAndGet() > changesLeft) {
      throw new IOException("Read-only file system");
    }
  }

  @Override
  protected OutputStream createOutputStreamWithMode(Path path, boolean append, FsPermission mode)
      throws IOException {
    change();
    return new Bounded(super.createOutputStreamWithMode(path, append, mode));
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    if (!exists(path)) {
      change();
    }
    return super.mkdirs(path);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    change();
    while (to.getName().equals(HELD)) {
      LockSupport.park();
    }
    return super.rename(from, to);
  }

  /** Says no where it cannot, and no more, as its like. */
  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    boolean counts = exists(path);
    return !(counts && CHANGES.incrementAndGet() > changesLeft) && super.delete(path, recursive);
  }

  /**
   * A file as long as the room that is left, which fails as HDFS: by its first failure for ever.
   */
  private static final class Bounded extends FilterOutputStream {
    private IOException failure;

    Bounded(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) throws IOException {
      if (failure == null && CHANGES.get() >= changesLeft) {
        failure = new IOException("Read-only file system");
      } else if (failure == null && BYTES.addAndGet(length) > room) {
        failure = new IOException("No space left on device");
      }
      fail();
      out.write(bytes, start, length);
    }

    @Override
    public void close() throws IOException {
      super.close();
      fail();
    }

    private void fail() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }
  }
}
