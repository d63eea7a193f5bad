package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.optimize.OptimizerSettings;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Params that would do nothing with the others: who sets one has meant something else. */
final class IdleParams {
  private IdleParams() {}

  /**
   * Refuses those that are set to anything but their defaults and that the optimizer does not heed,
   * because it takes each step on all rows or because it does not.
   *
   * @throws IllegalArgumentException naming the first of them and what to set instead
   */
  static void refuse(TrainingParams stage, OptimizerSettings.Kind kind) {
    List<Param<?>> idle =
        kind.isFullBatch() ? ofMinibatches(stage) : List.of(stage.maxIter(), stage.tol());
    for (Param<?> param : idle) {
      if (isChanged(stage, param) && !isHeededElsewhere(stage, param)) {
        throw new IllegalArgumentException(
            param.name()
                + " does nothing with optimizer "
                + Check.camelCase(kind)
                + (kind.isFullBatch()
                    ? ", whose steps are on all rows and as long as a line search finds: leave it"
                        + " out, and say with maxIter and tol where to end"
                    : ", which takes minibatches: leave it out, or set optimizer to lbfgs or"
                        + " conjugateGradient"));
      }
    }
  }

  /**
   * Refuses those of a net that is not trained as a whole.
   *
   * @param idle what only the training of the whole heeds
   * @throws IllegalArgumentException naming the first that is set to anything but its default
   */
  static void refuseUntuned(Params stage, List<Param<?>> idle) {
    for (Param<?> param : idle) {
      if (isChanged(stage, param)) {
        throw new IllegalArgumentException(
            param.name()
                + " does nothing with fineTune false, which leaves the net as its parts were"
                + " trained: leave it out, or set fineTune to true");
      }
    }
  }

  /** What says how the steps of a training go, whatever its optimizer. */
  static List<Param<?>> ofSteps(TrainingParams stage) {
    return List.of(
        stage.optimizer(),
        stage.epochs(),
        stage.maxIter(),
        stage.stepSize(),
        stage.momentum(),
        stage.schedule(),
        stage.scheduleDecay(),
        stage.scheduleEvery(),
        stage.warmupEpochs());
  }

  private static boolean isHeededElsewhere(TrainingParams stage, Param<?> param) {
    return stage instanceof Phased phased && phased.heededBefore().contains(param);
  }

  private static <T> boolean isChanged(Params stage, Param<T> param) {
    return stage.isSet(param)
        && !stage.getOrDefault(param).equals(stage.getDefault(param).getOrElse(() -> null));
  }

  private static List<Param<?>> ofMinibatches(TrainingParams stage) {
    return List.of(
        stage.batchSize(),
        stage.epochs(),
        stage.stepSize(),
        stage.momentum(),
        stage.schedule(),
        stage.scheduleDecay(),
        stage.scheduleEvery(),
        stage.warmupEpochs(),
        stage.clipNorm(),
        stage.averaging(),
        stage.stepsPerRound());
  }
}
