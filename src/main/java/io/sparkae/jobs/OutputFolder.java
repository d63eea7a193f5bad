package io.sparkae.jobs;

import io.sparkae.data.WholeFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The place of an output, a folder or a file: whether it is free, may be replaced and can be
 * written.
 *
 * @param files the file system
 * @param path the output, qualified
 */
record OutputFolder(FileSystem files, Path path) {
  /** Under which it is made and takes its name. */
  WholeFolder whole() {
    return new WholeFolder(files, path);
  }

  static OutputFolder of(Place place) {
    return new OutputFolder(place.files(), place.path());
  }

  /**
   * Why what is there must not be replaced by a folder, as the end of a sentence about it; empty if
   * nothing is there, an empty folder, or a table or model that Spark or sparkae wrote.
   */
  Optional<String> obstacle() throws IOException {
    Optional<FileStatus> there = status();
    if (there.isEmpty()) {
      return Optional.empty();
    }
    if (there.get().isFile()) {
      return Optional.of("is a file");
    }
    List<FileStatus> entries = List.of(files.listStatus(path));
    return modelTime(entries).isPresent()
        ? Optional.empty()
        : foreign(entries).map(name -> "holds " + name);
  }

  /**
   * The same if the output is a folder of tables, which may also replace such tables: those of the
   * names, and nothing beside them.
   */
  Optional<String> obstacle(List<String> tables) throws IOException {
    return obstacle(tables, List.of());
  }

  /** The same with files beside the tables: those of the names. */
  Optional<String> obstacle(List<String> tables, List<String> beside) throws IOException {
    List<FileStatus> entries =
        status().filter(FileStatus::isDirectory).isPresent()
            ? Arrays.stream(files.listStatus(path))
                .filter(entry -> entry.isDirectory() || !beside.contains(entry.getPath().getName()))
                .toList()
            : List.of();
    if (!entries.stream().allMatch(entry -> tables.contains(entry.getPath().getName()))) {
      return obstacle();
    }
    for (FileStatus entry : entries) {
      Optional<String> inside = new OutputFolder(files, entry.getPath()).obstacle();
      if (inside.isPresent()) {
        return inside.map(what -> "has in " + entry.getPath().getName() + " what " + what);
      }
    }
    return entries.isEmpty() ? obstacle() : Optional.empty();
  }

  /** The same if the output is a file, whose name must have an ending to be replaced. */
  Optional<String> obstacle(String ending) throws IOException {
    Optional<FileStatus> there = status();
    if (there.isEmpty() || there.get().isFile() && path.getName().endsWith(ending)) {
      return Optional.empty();
    }
    return Optional.of(there.get().isFile() ? "is a file without " + ending : "is a folder");
  }

  private Optional<FileStatus> status() throws IOException {
    try {
      return Optional.of(files.getFileStatus(path));
    } catch (FileNotFoundException none) {
      return Optional.empty();
    }
  }

  /** When the saved model that is there was written, in milliseconds since 1970. */
  OptionalLong modelTime() throws IOException {
    return status().filter(FileStatus::isDirectory).isPresent()
        ? modelTime(List.of(files.listStatus(path)))
        : OptionalLong.empty();
  }

  private OptionalLong modelTime(List<FileStatus> entries) throws IOException {
    for (FileStatus entry : entries) {
      if (entry.isDirectory() && entry.getPath().getName().equals("metadata")) {
        return Arrays.stream(files.listStatus(entry.getPath()))
            .filter(OutputFolder::isPart)
            .mapToLong(FileStatus::getModificationTime)
            .max();
      }
    }
    return OptionalLong.empty();
  }

  /** What Spark leaves in the folder of a table begins with one of these. */
  private static boolean isSparks(FileStatus entry) {
    String name = entry.getPath().getName();
    return name.startsWith("_") || name.matches("\\.(part-|_).*\\.crc") || isPart(entry);
  }

  private static boolean isPart(FileStatus entry) {
    return entry.isFile() && entry.getPath().getName().startsWith("part-");
  }

  /** A folder {@code column=value} of a partitioned table. */
  private static boolean isPartition(FileStatus entry) {
    return entry.isDirectory() && entry.getPath().getName().indexOf('=') > 0;
  }

  /** The name of the first entry that is no part of a table. */
  private static Optional<String> foreign(List<FileStatus> entries) {
    boolean whole = entries.stream().anyMatch(e -> e.getPath().getName().equals("_SUCCESS"));
    return entries.stream()
        .filter(entry -> !isSparks(entry) && !(whole && isPartition(entry)))
        .map(entry -> entry.getPath().getName())
        .sorted()
        .findFirst();
  }

  /**
   * Tries whether a folder can be made beside the output, and leaves nothing behind.
   *
   * @throws IOException if not
   */
  void probe() throws IOException {
    Deque<Path> made = new ArrayDeque<>();
    Path probe = whole().temporary();
    for (Path folder = probe; folder != null && !files.exists(folder); ) {
      made.add(folder);
      folder = folder.getParent();
    }
    try {
      if (!files.mkdirs(probe)) {
        throw new IOException("no folder can be made in " + made.getLast().getParent());
      }
    } finally {
      for (Path folder : made) {
        deleteIfEmpty(folder);
      }
    }
  }

  private void deleteIfEmpty(Path folder) {
    try {
      if (files.exists(folder) && files.listStatus(folder).length == 0) {
        files.delete(folder, false);
      }
    } catch (IOException inUse) {
      return; // somebody else has put something there meanwhile
    }
  }
}
