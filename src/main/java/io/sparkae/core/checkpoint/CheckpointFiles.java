package io.sparkae.core.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The checkpoints of a training in a folder: each is written whole, the newest two are kept, and
 * the newest whole one is read.
 *
 * <p>A file is {@code sparkae} with a zero byte, the version of the format (4 bytes), what is kept,
 * the length of the file (8 bytes) and the CRC-32C of all before it (4 bytes); all numbers are
 * little-endian. A changed byte anywhere is noticed, and so is a missing one.
 */
public final class CheckpointFiles {
  /** What is kept in a checkpoint. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes it.
     *
     * @param out where to
     * @throws IOException if that fails
     */
    void write(CheckpointOutput out) throws IOException;
  }

  /** The format that is written, and the only one that is read. */
  static final int VERSION = 2;

  /** "sparkae" and a zero, as a little-endian number. */
  static final long MAGIC = 0x0065616b72617073L;

  private static final int HEAD = Long.BYTES + Integer.BYTES;
  private static final int TAIL = Long.BYTES + Integer.BYTES;
  private static final int KEPT = 2;
  private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{1,18})");

  private final CheckpointStore store;
  private final Consumer<String> warnings;
  private final Deque<String> whole = new ArrayDeque<>(); // those to be kept, oldest first

  /**
   * What is in a folder.
   *
   * @param store the folder
   * @param warnings hears, in a line, of files that are no whole checkpoints
   */
  public CheckpointFiles(CheckpointStore store, Consumer<String> warnings) {
    this.store = store;
    this.warnings = warnings;
  }

  /**
   * {@return whether a name is one of a checkpoint}
   *
   * @param name of a file
   */
  public static boolean isCheckpoint(String name) {
    return NAME.matcher(name).matches();
  }

  private static long number(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /**
   * {@return those names that are of checkpoints, newest first}
   *
   * @param names of files
   */
  public static List<String> newestFirst(Collection<String> names) {
    return names.stream()
        .filter(CheckpointFiles::isCheckpoint)
        .sorted(Comparator.comparingLong(CheckpointFiles::number).reversed())
        .toList();
  }

  /**
   * Writes the next checkpoint, and deletes all but it and the whole one before it, if that is of
   * this training: what others left is gone then.
   *
   * @param content writes what is kept
   * @return the name of the file
   * @throws IOException if it cannot be written; what was there before is there still. Those that
   *     cannot be deleted are named in a warning
   */
  public String write(Content content) throws IOException {
    List<String> before = newestFirst(store.names());
    long number = before.isEmpty() ? 1 : number(before.get(0)) + 1;
    String next = String.format(Locale.ROOT, "checkpoint-%08d", number);
    store.create(
        next,
        stream -> {
          CheckpointOutput out = new CheckpointOutput(stream);
          out.putLong(MAGIC);
          out.putInt(VERSION);
          content.write(out);
          out.end();
        });
    whole.addLast(next);
    while (whole.size() > KEPT) {
      whole.removeFirst();
    }
    for (String name : before) {
      if (!whole.contains(name)) {
        delete(name);
      }
    }
    return next;
  }

  private void delete(String name) {
    try {
      store.delete(name);
    } catch (IOException e) {
      warnings.accept(
          store.location()
              + "/"
              + name
              + ", which is not needed any more, could not be deleted: "
              + e.getMessage());
    }
  }

  /**
   * Reads the newest whole checkpoint, from which the training then goes on; each newer one that is
   * not whole, or that cannot be read, is named in a warning.
   *
   * @param <T> what is kept
   * @param reader reads all that was written
   * @return what was kept, if there is a whole checkpoint
   * @throws IOException if the folder cannot be read, or some of its checkpoints, and none is whole
   */
  public <T> Optional<T> readNewest(CheckpointInput.Reader<T> reader) throws IOException {
    IOException unreadable = null;
    for (String found : newestFirst(store.names())) {
      try {
        T kept = read(found, reader);
        whole.clear();
        whole.add(found);
        return Optional.of(kept);
      } catch (DamagedCheckpointException damaged) {
        leaveOut(found, damaged.getMessage());
      } catch (IOException e) { // as of a file system that has checksums of its own
        leaveOut(found, "cannot be read (" + e.getMessage() + ")");
        unreadable = unreadable == null ? e : unreadable;
      }
    }
    if (unreadable != null) {
      throw unreadable;
    }
    return Optional.empty();
  }

  private void leaveOut(String name, String reason) {
    warnings.accept(store.location() + "/" + name + " " + reason + ": it is left out");
  }

  private <T> T read(String name, CheckpointInput.Reader<T> reader) throws IOException {
    long length = store.length(name);
    if (length < HEAD + TAIL) {
      throw new DamagedCheckpointException("is cut short");
    }
    try (InputStream in = store.open(name)) {
      requireWhole(in, length);
    }
    try (InputStream in = store.open(name)) {
      CheckpointInput input = new CheckpointInput(in, length - TAIL);
      input.getLong();
      input.getInt();
      T kept = reader.read(input);
      input.requireEnd();
      return kept;
    }
  }

  /** Goes through a whole file before anything in it is believed. */
  private static void requireWhole(InputStream in, long length) throws IOException {
    byte[] bytes = in.readNBytes(HEAD);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    CheckpointInput head = new CheckpointInput(new ByteArrayInputStream(bytes), bytes.length);
    if (head.getLong() != MAGIC) {
      throw new DamagedCheckpointException("is no checkpoint");
    }
    int version = head.getInt();
    if (version != VERSION) {
      throw new DamagedCheckpointException(
          "is of format version " + version + ", which this release does not read");
    }
    byte[] chunk = new byte[1 << 16];
    for (long left = length - HEAD - TAIL; left > 0; ) {
      int wanted = (int) Math.min(left, chunk.length);
      if (in.readNBytes(chunk, 0, wanted) < wanted) {
        throw new DamagedCheckpointException("is cut short");
      }
      checksum.update(chunk, 0, wanted);
      left -= wanted;
    }
    byte[] tail = in.readNBytes(TAIL);
    checksum.update(tail, 0, Math.min(tail.length, Long.BYTES));
    CheckpointInput end = new CheckpointInput(new ByteArrayInputStream(tail), tail.length);
    boolean rightLength = end.getLong() == length;
    boolean rightSum = end.getInt() == (int) checksum.getValue();
    if (!rightLength || !rightSum) {
      throw new DamagedCheckpointException(
          rightSum ? "is not as long as it was" : "is damaged (its checksum does not fit)");
    }
  }
}
