package io.sparkae.jobs;

import io.sparkae.ml.CheckpointParams;
import io.sparkae.spark.CheckpointFolder;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The checkpoints of a training that a command starts: beside the output unless their folder is
 * named, and gone once the model is saved.
 */
final class Checkpoints {
  private static final String OPTION = "checkpoint-dir";

  private final CheckpointFolder folder;
  private final boolean resume;
  private final Console console;

  /** Of a training before that this one does not go on with. */
  private Optional<String> former = Optional.empty();

  private Checkpoints(CheckpointFolder folder, boolean resume, Console console) {
    this.folder = folder;
    this.resume = resume;
    this.console = console;
  }

  /** What the help says of an option of {@code train}; more of where its checkpoints are. */
  static Option<?> described(Option<?> option) {
    return option.name().equals(OPTION)
        ? option.withText("; default _NAME-checkpoints beside the output NAME")
        : option;
  }

  /**
   * Lets an estimator keep checkpoints.
   *
   * @param output path of the model to come
   * @throws UsageException if a folder was named that does not do
   */
  static Checkpoints of(
      CheckpointParams estimator,
      String output,
      SparkSession spark,
      Outputs outputs,
      Console console)
      throws IOException {
    if (estimator.getCheckpointDir() == null) {
      estimator.set(estimator.checkpointDir().name(), beside(output));
    }
    String location = estimator.getCheckpointDir();
    outputs.requireApart(OPTION, location, "output", output);
    return new Checkpoints(
        new CheckpointFolder(location, spark.sparkContext().hadoopConfiguration()),
        estimator.getResume(),
        console);
  }

  /**
   * The folder {@code _NAME-checkpoints}: Spark and Hadoop take nothing for data whose name begins
   * so, and {@code ls} shows it.
   */
  private static String beside(String output) {
    Path path = new Path(output);
    Path name = new Path("_" + path.getName() + "-checkpoints");
    return (path.getParent() == null ? name : new Path(path.getParent(), name)).toString();
  }

  /** Whether a training is to be gone on with. */
  boolean resumed() {
    return resume;
  }

  /**
   * Whether there are none, or older ones only, as are those of a training whose model is saved.
   *
   * @param time in milliseconds since 1970
   */
  boolean areBefore(long time) throws IOException {
    return !folder.changedAfter(time);
  }

  /** Says what becomes of those of an unfinished training that nobody wants to go on with. */
  void announce() throws IOException {
    former = resume ? Optional.empty() : folder.newest();
    if (former.isPresent()) {
      console.progress(
          "%s has the checkpoints of an unfinished training, which this one replaces: the same"
              + " command with --resume would go on with it",
          folder.location());
    }
  }

  /** Says, after a training failed or was interrupted, how to go on with it. */
  void tellKept() {
    try {
      Optional<String> newest = folder.newest();
      if (newest.isPresent()) {
        console.progress(
            newest.equals(former)
                ? "%s has the checkpoints of the training before still, this one had none yet: with"
                    + " --resume that one goes on"
                : "%s has the newest checkpoints: the same command with --resume goes on from"
                    + " there",
            folder.location());
      }
    } catch (IOException unreachable) {
      console.progress(
          "%s cannot be looked at (%s): when it can, the same command with --resume goes on from the"
              + " newest checkpoint there, if there is one",
          folder.location(), Failures.reason(unreachable));
    }
  }

  /** The model is saved: what cannot be taken away any more does not make that undone. */
  void clear() {
    try {
      folder.clear();
    } catch (IOException e) {
      console.progress(
          "warning: the checkpoints in %s could not be deleted: %s",
          folder.location(), Failures.reason(e));
    }
  }
}
