package io.sparkae.ml;

import io.sparkae.core.train.TrainingCheckpoints;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Where an estimator keeps checkpoints of its training, how often, and whether it goes on from
 * them.
 *
 * <p>To go on is a Param of its own, and not what happens by itself where there are checkpoints:
 * fitting twice would else give, the second time, the model of rows that may have changed since. It
 * starts anew where there is nothing to go on from, so that a job which is started again by its
 * cluster may always set it.
 */
public interface CheckpointParams extends Params {
  /** Their names: none of them changes the trained model. */
  List<String> NAMES = List.of("checkpointDir", "checkpointInterval", "resume");

  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> checkpointDir;
    private final IntParam checkpointInterval;
    private final BooleanParam resume;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      checkpointDir = make.text("checkpointDir", "folder of the training's checkpoints");
      checkpointInterval =
          make.wholeNumber(
              "checkpointInterval",
              "rounds between two checkpoints, or iterations where each takes all rows; -1: never,"
                  + " 0: as often as takes at most 2% of the time, 5 seconds apart or more",
              TrainingCheckpoints.NEVER);
      resume =
          make.flag(
              "resume", "go on from the newest whole checkpoint; where there is none, start anew");
    }

    void setDefaults(Params parent) {
      parent.setDefault(checkpointInterval, TrainingCheckpoints.BY_TIME);
      parent.setDefault(resume, false);
    }
  }

  /** {@return where the Params are kept} */
  Holder checkpointParams();

  /**
   * {@return folder of the training's checkpoints, on any file system of Hadoop and of this
   * training alone; no default: none are kept}
   */
  default Param<String> checkpointDir() {
    return checkpointParams().checkpointDir;
  }

  /**
   * {@return rounds between two checkpoints, or iterations of an optimizer that takes all rows in
   * each, at least 1; −1 for never, 0 for as often as takes at most 2% of the time, 5 seconds apart
   * or more; default 0}
   */
  default IntParam checkpointInterval() {
    return checkpointParams().checkpointInterval;
  }

  /** {@return whether to go on from the newest whole checkpoint, if there is one; default false} */
  default BooleanParam resume() {
    return checkpointParams().resume;
  }

  /** {@return folder of the checkpoints, null for none} */
  default String getCheckpointDir() {
    return isDefined(checkpointDir()) ? getOrDefault(checkpointDir()) : null;
  }

  /** {@return rounds between two checkpoints, −1 for never, 0 for a rule} */
  default int getCheckpointInterval() {
    return (int) getOrDefault(checkpointInterval());
  }

  /** {@return whether to go on from a checkpoint} */
  default boolean getResume() {
    return (boolean) getOrDefault(resume());
  }
}
