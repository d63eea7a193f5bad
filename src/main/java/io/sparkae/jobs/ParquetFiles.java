package io.sparkae.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Tells Parquet files from others by the four bytes that they begin and end with. */
final class ParquetFiles {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** The magic twice and the length of the footer. */
  private static final int SHORTEST = 12;

  /** Files that are looked into at most: of a large table Spark tells by itself, if later. */
  private static final int MOST_FILES = 256;

  private ParquetFiles() {}

  /** The name of a folder's first visible file (or of the file itself) that is not Parquet. */
  static Optional<String> firstOther(FileSystem files, Path path) throws IOException {
    List<FileStatus> visible =
        Arrays.stream(files.listStatus(path))
            .filter(status -> status.isFile())
            .filter(status -> !status.getPath().getName().matches("[._].*"))
            .sorted()
            .limit(MOST_FILES)
            .toList();
    for (FileStatus file : visible) {
      if (!isParquet(files, file)) {
        return Optional.of(file.getPath().getName());
      }
    }
    return Optional.empty();
  }

  private static boolean isParquet(FileSystem files, FileStatus file) throws IOException {
    if (file.getLen() < SHORTEST) {
      return false;
    }
    byte[] first = new byte[MAGIC.length];
    byte[] last = new byte[MAGIC.length];
    try (FSDataInputStream in = files.open(file.getPath())) {
      in.readFully(0, first);
      in.readFully(file.getLen() - MAGIC.length, last);
    } catch (ChecksumException e) {
      return false;
    }
    return Arrays.equals(first, MAGIC) && Arrays.equals(last, MAGIC);
  }
}
