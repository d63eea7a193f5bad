package io.sparkae.data;

import io.sparkae.core.Check;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder, or a file, that takes its name when all of it is there: it is made under a hidden name
 * beside its own. Where a file system cannot rename folders at once, as stores of objects, taking
 * the name is as long as copying it.
 *
 * @param files the file system
 * @param path its name, qualified
 */
public record WholeFolder(FileSystem files, Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(WholeFolder.class);

  /** {@return a hidden path beside it that does not exist} */
  public Path temporary() {
    return new Path(path.getParent(), "." + path.getName() + "-" + UUID.randomUUID());
  }

  /**
   * Deletes a temporary folder; where that is impossible, a warning names what is left.
   *
   * @param temporary its path
   */
  public void discard(Path temporary) {
    try {
      delete(files, temporary, true);
    } catch (IOException e) {
      LOG.warn("{} could not be deleted: {}", temporary, Check.shown(FaultWords.of(e)));
    }
  }

  /**
   * Gives a whole temporary folder the name; what had it before is gone then.
   *
   * @param temporary what is to be there
   * @throws IOException if that fails: what was there is there again, or the message tells where
   */
  public void replaceBy(Path temporary) throws IOException {
    if (!files.exists(path)) {
      rename(temporary, path);
      return;
    }
    Path old = temporary.suffix("-old");
    rename(path, old);
    try {
      rename(temporary, path);
    } catch (IOException e) {
      restore(old, e);
      throw e;
    }
    discard(old);
  }

  private void restore(Path old, IOException failure) throws IOException {
    try {
      rename(old, path);
    } catch (IOException e) {
      failure.addSuppressed(e);
      IOException moved =
          new IOException(FaultWords.of(failure) + "; what was there before is now " + old);
      moved.addSuppressed(failure);
      throw moved;
    }
  }

  /**
   * Deletes a file or a folder, if it is there.
   *
   * @param files its file system
   * @param path the file or folder
   * @param recursive whether all that is in the folder goes, too
   * @throws IOException if it is there still, which some file systems do not say
   */
  public static void delete(FileSystem files, Path path, boolean recursive) throws IOException {
    if (!files.delete(path, recursive) && files.exists(path)) {
      throw new IOException("cannot delete " + path);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("cannot rename " + from + " to " + to);
    }
  }
}
