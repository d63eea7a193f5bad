package io.sparkae.jobs;

import io.sparkae.data.NewFile;
import io.sparkae.data.WholeFolder;
import io.sparkae.spark.RunningTasks;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What commands write: checked before the work starts, in one clear line, and there whole or not at
 * all.
 */
final class Outputs {
  /** The table of an output that has a picture, too. */
  static final String ROWS = "rows";

  private final SparkSession spark;

  Outputs(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Checks, before any work, that a folder may be written and can be.
   *
   * @throws UsageException if it exists and is not to be replaced, or is nothing that sparkae or
   *     Spark wrote, or its place cannot be written
   * @throws IOException if the file system cannot be asked
   */
  void requireOutput(String option, String path, boolean overwrite) throws IOException {
    Place place = place(option, path);
    OutputFolder output = OutputFolder.of(place);
    requireFree(place, output.obstacle(), overwrite);
    requireWritable(place, output);
  }

  /**
   * The same for a folder of tables.
   *
   * @param tables names of the tables; older ones of these names may be replaced
   */
  void requireTables(String option, String path, List<String> tables, boolean overwrite)
      throws IOException {
    Place place = place(option, path);
    OutputFolder output = OutputFolder.of(place);
    requireFree(place, output.obstacle(tables), overwrite);
    requireWritable(place, output);
  }

  /** The same for the folder of a table and files; an older one of these may be replaced. */
  void requireWithFiles(String option, String path, List<String> names, boolean overwrite)
      throws IOException {
    Place place = place(option, path);
    OutputFolder output = OutputFolder.of(place);
    requireFree(place, output.obstacle(List.of(ROWS), names), overwrite);
    requireWritable(place, output);
  }

  /**
   * The same for a file: an older one is replaced only if its name has the same ending.
   *
   * @param ending such as {@code .html}
   */
  void requireFile(String option, String path, boolean overwrite, String ending)
      throws IOException {
    Place place = place(option, path);
    OutputFolder output = OutputFolder.of(place);
    requireFree(place, output.obstacle(ending), overwrite);
    requireWritable(place, output);
  }

  private static void requireFree(Place place, Optional<String> obstacle, boolean overwrite)
      throws IOException {
    if (obstacle.isPresent()) {
      throw place.refused(obstacle.get() + ", which is never replaced: name another path");
    }
    if (!overwrite && place.exists()) {
      throw place.refused("exists: name another one or add --overwrite to replace it");
    }
  }

  private static void requireWritable(Place place, OutputFolder output) {
    try {
      output.probe();
    } catch (IOException e) {
      throw place.refused("cannot be written: " + Failures.reason(e) + ": name another place");
    }
  }

  private Place place(String option, String path) throws IOException {
    Place place = Place.of(spark, option, path);
    if (place.path().isRoot()) {
      throw place.refused("is no folder that can be written");
    }
    return place;
  }

  /**
   * Checks that a command does not replace what it reads.
   *
   * @throws UsageException if the two are the same folder or one lies in the other
   */
  void requireApart(String option, String output, String inputOption, String input)
      throws IOException {
    Place place = Place.of(spark, option, output);
    String written = place.path() + "/";
    String read = Place.of(spark, inputOption, input).path() + "/";
    if (written.startsWith(read) || read.startsWith(written)) {
      throw place.refused("and --" + inputOption + " " + input + " overlap: write somewhere else");
    }
  }

  /**
   * Writes a table as Parquet, its partitions becoming files in their order; see {@link #whole}.
   */
  void write(Dataset<Row> table, String output, boolean overwrite) throws IOException {
    whole(output, overwrite, folder -> table.write().parquet(folder));
  }

  /** Writes tables into a folder of their own, all of them or none; see {@link #whole}. */
  void writeTables(Map<String, Dataset<Row>> tables, String output, boolean overwrite)
      throws IOException {
    Place place = place("output", output);
    OutputFolder folder = OutputFolder.of(place);
    List<String> names = List.copyOf(tables.keySet());
    whole(
        folder,
        () -> requireFree(place, folder.obstacle(names), overwrite),
        path -> tables.forEach((name, table) -> table.write().parquet(path + "/" + name)));
  }

  /**
   * Writes a table into the folder {@value #ROWS} of an output, with files beside it; see {@link
   * #whole}.
   *
   * @param beside the files by their names
   */
  void writeWithFiles(
      Dataset<Row> table, String output, Map<String, byte[]> beside, boolean overwrite)
      throws IOException {
    Place place = place("output", output);
    OutputFolder folder = OutputFolder.of(place);
    List<String> names = List.copyOf(beside.keySet());
    whole(
        folder,
        () -> requireFree(place, folder.obstacle(List.of(ROWS), names), overwrite),
        path -> {
          table.write().parquet(path + "/" + ROWS);
          for (Map.Entry<String, byte[]> file : beside.entrySet()) {
            createFile(path + "/" + file.getKey(), file.getValue());
          }
        });
  }

  /**
   * Writes a file that is there whole or not at all; see {@link #whole}.
   *
   * @throws UsageException if it exists and is not to be replaced
   */
  void writeFile(String output, byte[] content, boolean overwrite) throws IOException {
    Place place = place("output", output);
    OutputFolder file = OutputFolder.of(place);
    whole(
        file,
        () -> requireFree(place, file.obstacle(""), overwrite),
        name -> createFile(name, content));
  }

  /** Writes a new file, without the checksum file that Hadoop's own local file system makes. */
  void createFile(String name, byte[] content) throws IOException {
    Place place = place("output", name);
    FileSystem plain =
        place.files() instanceof LocalFileSystem local ? local.getRaw() : place.files();
    NewFile.write(plain, place.path(), out -> out.write(content));
  }

  /**
   * Writes a folder that is there whole or not at all: into a hidden folder beside it, which takes
   * its name in the end. What was at the path stays there until then, and if the writing fails.
   *
   * @throws UsageException if the output exists and is not to be replaced
   * @throws OutputException if it cannot be written
   */
  void whole(String output, boolean overwrite, Writing writing) throws IOException {
    Place place = place("output", output);
    OutputFolder folder = OutputFolder.of(place);
    whole(folder, () -> requireFree(place, folder.obstacle(), overwrite), writing);
  }

  private void whole(OutputFolder output, Checking stillFree, Writing writing) throws IOException {
    WholeFolder folder = output.whole();
    Path temporary = folder.temporary();
    try {
      writing.write(temporary.toString());
      stillFree.check();
      folder.replaceBy(temporary);
    } catch (Throwable failure) { // Spark throws checked exceptions that it does not declare
      RunningTasks.await(spark.sparkContext());
      folder.discard(temporary);
      if (OutputException.isCauseOf(failure)) {
        throw OutputException.of(output.path(), failure);
      }
      throw failure;
    }
  }

  /** Looks again, after the work, whether the output may be written. */
  @FunctionalInterface
  private interface Checking {
    void check() throws IOException;
  }

  /** Writes a folder or file that does not exist yet. */
  @FunctionalInterface
  interface Writing {
    /** Makes it, and if it is a folder all that is in it. */
    void write(String path) throws IOException;
  }
}
