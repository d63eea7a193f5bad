package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.optimize.OptimizerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Params that would do nothing with the others: who sets one to anything but its default has meant
 * something else.
 */
final class IdleParams {
  private IdleParams() {}

  /**
   * Refuses those that the optimizer does not heed, because it takes each step on all rows or
   * because it does not, or has no momentum.
   *
   * @throws IllegalArgumentException naming the first of them and what to set instead
   */
  static void refuse(TrainingParams stage, OptimizerSettings.Kind kind) {
    List<Param<?>> idle =
        new ArrayList<>(
            kind.isFullBatch() ? ofMinibatches(stage) : List.of(stage.maxIter(), stage.tol()));
    if (stage instanceof Phased phased) {
      idle.removeAll(phased.heededBefore());
    }
    refuse(stage, "optimizer", kind, idle);
    if (!(stage instanceof GameParams game && game.discriminatorKind().hasMomentum())) {
      refuseMomentum(stage, "optimizer", kind, stage.momentum());
    }
    boolean adam =
        kind.isAdam() || stage instanceof GameParams other && other.discriminatorKind().isAdam();
    refuseUnless(
        adam,
        stage,
        List.of(stage.adamBeta1(), stage.adamBeta2()),
        "optimizer is " + Check.camelCase(kind),
        "optimizer to adam");
  }

  /**
   * Refuses what a rule does not heed because it takes each step on all rows, or because it does
   * not.
   *
   * @param rule name of the Param that names the rule
   * @throws IllegalArgumentException naming the first of them and what to set instead
   */
  static void refuse(Params stage, String rule, OptimizerSettings.Kind kind, List<Param<?>> idle) {
    String length = rule.equals("optimizer") ? "maxIter" : "layerEpochs";
    refuse(
        stage,
        idle,
        named(rule, kind)
            + (kind.isFullBatch()
                ? ", whose steps are on all rows and as long as a line search finds: leave it out,"
                    + " and say with "
                    + length
                    + " and tol where to end"
                : ", which takes minibatches: leave it out, or set "
                    + rule
                    + " to lbfgs or conjugateGradient"));
  }

  /**
   * Refuses a momentum of a rule that has none.
   *
   * @param rule name of the Param that names the rule
   * @throws IllegalArgumentException naming it and what to set instead
   */
  static void refuseMomentum(
      Params stage, String rule, OptimizerSettings.Kind kind, Param<?> momentum) {
    if (!kind.hasMomentum()) {
      refuse(
          stage,
          List.of(momentum),
          named(rule, kind) + ": leave it out, or set " + rule + " to momentum or nesterov");
    }
  }

  private static String named(String rule, OptimizerSettings.Kind kind) {
    return "with " + rule + " " + Check.camelCase(kind);
  }

  /**
   * Refuses those of a net that is not trained as a whole.
   *
   * @param idle what only the training of the whole heeds
   * @param own which Params the parts' training heeds, in words
   * @throws IllegalArgumentException naming the first that is set to anything but its default
   */
  static void refuseUntuned(Params stage, List<Param<?>> idle, String own) {
    refuse(
        stage,
        idle,
        "with fineTune false, which leaves the net as its parts were trained: leave it out ("
            + own
            + "), or set fineTune to true");
  }

  /**
   * Refuses the particulars of what is turned off.
   *
   * @param on whether it is turned on
   * @param why what turns it off, in words
   * @param toSet what would turn it on, in words
   * @throws IllegalArgumentException naming the first that is set to anything but its default
   */
  static void refuseUnless(
      boolean on, Params stage, List<Param<?>> idle, String why, String toSet) {
    if (!on) {
      refuse(stage, idle, "while " + why + ": leave it out, or set " + toSet);
    }
  }

  /**
   * Refuses the particulars of k-sparse codes where there are none.
   *
   * @throws IllegalArgumentException naming the first that is set to anything but its default
   */
  static void refuseKSparsity(KSparsityParams stage) {
    refuseUnless(
        stage.getKSparse() > 0, stage, List.of(stage.kSparseAlpha()), "kSparse is 0", "kSparse");
    refuseUnless(
        stage.getKSparseStart() > 0,
        stage,
        List.of(stage.kSparseAnnealing()),
        "kSparseStart is 0",
        "kSparseStart");
  }

  /**
   * Refuses the particulars of those options of an autoencoder that are turned off.
   *
   * @throws IllegalArgumentException naming the first that is set to anything but its default
   */
  static void refuseOptionsOf(AutoencoderParams stage) {
    refuseKSparsity(stage);
    refuseUnless(
        stage.getSparsityWeight() > 0,
        stage,
        List.of(stage.sparsityTarget(), stage.sparsityDecay()),
        "sparsityWeight is 0",
        "sparsityWeight");
  }

  /**
   * Refuses the activation of the discriminator's hidden layers where it has none.
   *
   * @throws IllegalArgumentException if it is set to anything but its default
   */
  static void refuseOptionsOf(GameParams stage) {
    refuseUnless(
        stage.getDiscriminatorLayers().length > 0,
        stage,
        List.of(stage.discriminatorActivation()),
        "discriminatorLayers is empty",
        "discriminatorLayers");
  }

  private static void refuse(Params stage, List<Param<?>> idle, String why) {
    for (Param<?> param : idle) {
      if (isChanged(stage, param)) {
        throw new IllegalArgumentException(param.name() + " does nothing " + why);
      }
    }
  }

  private static <T> boolean isChanged(Params stage, Param<T> param) {
    return stage.isSet(param)
        && !Objects.deepEquals(
            stage.getOrDefault(param), stage.getDefault(param).getOrElse(() -> null));
  }

  /** What says how the steps of a training go, whatever its optimizer. */
  static List<Param<?>> ofSteps(TrainingParams stage) {
    return List.of(
        stage.optimizer(),
        stage.epochs(),
        stage.maxIter(),
        stage.stepSize(),
        stage.momentum(),
        stage.adamBeta1(),
        stage.adamBeta2(),
        stage.schedule(),
        stage.scheduleDecay(),
        stage.scheduleEvery(),
        stage.warmupEpochs());
  }

  private static List<Param<?>> ofMinibatches(TrainingParams stage) {
    List<Param<?>> params =
        new ArrayList<>(
            List.of(
                stage.epochs(),
                stage.stepSize(),
                stage.momentum(),
                stage.schedule(),
                stage.scheduleDecay(),
                stage.scheduleEvery(),
                stage.warmupEpochs()));
    params.addAll(ofRounds(stage));
    return params;
  }

  /** What holds for every minibatch training of a stage, whatever its optimizer's settings. */
  static List<Param<?>> ofRounds(TrainingParams stage) {
    return List.of(
        stage.batchSize(),
        stage.clipNorm(),
        stage.averaging(),
        stage.stepsPerRound(),
        stage.updatePrecision());
  }
}
