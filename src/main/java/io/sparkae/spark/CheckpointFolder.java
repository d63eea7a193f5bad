package io.sparkae.spark;

import io.sparkae.core.checkpoint.CheckpointFiles;
import io.sparkae.core.checkpoint.CheckpointStore;
import io.sparkae.core.checkpoint.Fingerprint;
import io.sparkae.core.train.TrainingCheckpoints;
import io.sparkae.data.NewFile;
import io.sparkae.data.WholeFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checkpoints in a folder on any file system of Hadoop. */
public final class CheckpointFolder implements CheckpointStore {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);

  /** What is being written has such a name, which no checkpoint has. */
  private static final String UNFINISHED = ".unfinished-";

  private final String location;
  private final FileSystem files;
  private final Path folder;

  /**
   * A folder, which may not exist yet.
   *
   * @param location its path
   * @param configuration of Hadoop
   * @throws IOException if its file system cannot be reached
   * @throws IllegalArgumentException if it is no path
   */
  public CheckpointFolder(String location, Configuration configuration) throws IOException {
    this.location = location;
    Path path = new Path(location);
    FileSystem system = path.getFileSystem(configuration);
    // its own checksum files would lie beside each checkpoint, which has one in it
    this.files = system instanceof LocalFileSystem local ? local.getRaw() : system;
    this.folder = system.makeQualified(path);
  }

  /**
   * Checkpoints of trainings in such a folder, which is made and tried.
   *
   * @param location path of the folder
   * @param configuration of Hadoop
   * @param interval as for {@link TrainingCheckpoints#open}
   * @param resume as there
   * @param settings as there
   * @return them
   * @throws IllegalArgumentException if the folder cannot be read or written, or its checkpoints
   *     are to be gone on from and are of other settings
   */
  public static TrainingCheckpoints open(
      String location,
      Configuration configuration,
      int interval,
      boolean resume,
      Fingerprint settings) {
    try {
      CheckpointFolder folder = new CheckpointFolder(location, configuration);
      if (interval != TrainingCheckpoints.NEVER) {
        folder.probe();
      }
      return TrainingCheckpoints.open(folder, interval, resume, settings, LOG::warn);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "checkpointDir " + location + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Takes away what an earlier training did not finish, tries whether a file can be made, and
   * leaves no folder that was not there.
   */
  private void probe() throws IOException {
    for (FileStatus file : list()) {
      if (file.getPath().getName().startsWith(UNFINISHED)) {
        WholeFolder.delete(files, file.getPath(), false);
      }
    }
    Deque<Path> made = new ArrayDeque<>();
    for (Path parent = folder; parent != null && !files.exists(parent); ) {
      made.add(parent);
      parent = parent.getParent();
    }
    Path probe = unfinished();
    try {
      files.create(probe, false).close();
    } finally {
      WholeFolder.delete(files, probe, false);
      for (Path parent : made) {
        if (files.exists(parent) && files.listStatus(parent).length == 0) {
          files.delete(parent, false);
        }
      }
    }
  }

  private Path unfinished() {
    return new Path(folder, UNFINISHED + UUID.randomUUID());
  }

  private List<FileStatus> list() throws IOException {
    try {
      return Arrays.asList(files.listStatus(folder));
    } catch (FileNotFoundException none) {
      return List.of();
    }
  }

  /**
   * {@return the name of the newest checkpoint in the folder, if there is one}
   *
   * @throws IOException if it cannot be read
   */
  public Optional<String> newest() throws IOException {
    return CheckpointFiles.newestFirst(names()).stream().findFirst();
  }

  /**
   * {@return whether a checkpoint was written after a moment}
   *
   * @param time in milliseconds since 1970
   * @throws IOException if the folder cannot be read
   */
  public boolean changedAfter(long time) throws IOException {
    return list().stream()
        .filter(file -> CheckpointFiles.isCheckpoint(file.getPath().getName()))
        .anyMatch(file -> file.getModificationTime() > time);
  }

  /**
   * Takes away the checkpoints, and the folder if it holds nothing else.
   *
   * @throws IOException if they cannot be deleted
   */
  public void clear() throws IOException {
    for (FileStatus file : list()) {
      String name = file.getPath().getName();
      if (CheckpointFiles.isCheckpoint(name) || name.startsWith(UNFINISHED)) {
        WholeFolder.delete(files, file.getPath(), false);
      }
    }
    if (list().isEmpty()) {
      WholeFolder.delete(files, folder, false);
    }
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public List<String> names() throws IOException {
    return list().stream()
        .filter(FileStatus::isFile)
        .map(file -> file.getPath().getName())
        .toList();
  }

  @Override
  public long length(String name) throws IOException {
    return files.getFileStatus(new Path(folder, name)).getLen();
  }

  @Override
  public InputStream open(String name) throws IOException {
    return files.open(new Path(folder, name));
  }

  @Override
  public void create(String name, Content content) throws IOException {
    long start = System.nanoTime();
    Path unfinished = unfinished();
    try {
      NewFile.write(files, unfinished, content::write); // synced: those before are deleted then
      Path named = new Path(folder, name);
      if (!files.rename(unfinished, named)) {
        throw new IOException("cannot rename " + unfinished + " to " + named);
      }
      LOG.info("{} written in {} ms", named, (System.nanoTime() - start) / 1_000_000);
    } catch (Throwable failure) {
      try {
        WholeFolder.delete(files, unfinished, false);
      } catch (IOException e) { // the next training takes it away
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  @Override
  public void delete(String name) throws IOException {
    WholeFolder.delete(files, new Path(folder, name), false);
  }
}
