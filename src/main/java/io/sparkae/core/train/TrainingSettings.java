package io.sparkae.core.train;

import io.sparkae.core.Check;
import io.sparkae.core.optimize.OptimizerSettings;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * How a model is trained, whatever the model.
 *
 * @param optimizer of every parameter group that is not named in {@code groupOptimizers}
 * @param groupOptimizers settings of groups of their own, by name
 * @param batchSize rows of one optimizer step over the whole cluster, at least 1; a full-batch
 *     optimizer does not heed it, nor {@code epochs}, {@code averaging} and {@code stepsPerRound}
 * @param epochs passes over the rows, at least 1
 * @param averaging local or synchronous
 * @param replicas tasks that train side by side; 0 for one on each executor
 * @param microBatches parts that each replica cuts its minibatch into; 0 for one on each of its
 *     cores
 * @param stepsPerRound local steps between two averages; 0 for an epoch on one replica, and on more
 *     max(5, 40 / replicas), of 256 and more rows of a step for each max(20, 40 / replicas)
 * @param seed of initial weights, row order and all noise
 * @param validation rows held back, and early stopping
 * @param updatePrecision numbers in which replicas return what they have done; a full-batch
 *     optimizer does not heed it
 */
public record TrainingSettings(
    OptimizerSettings optimizer,
    Map<String, OptimizerSettings> groupOptimizers,
    int batchSize,
    int epochs,
    Averaging averaging,
    int replicas,
    int microBatches,
    int stepsPerRound,
    long seed,
    ValidationSettings validation,
    UpdatePrecision updatePrecision)
    implements Serializable {
  /** Adam, 256 rows a step, 10 epochs, local averaging. */
  public static final TrainingSettings DEFAULT =
      new TrainingSettings(
          OptimizerSettings.DEFAULT,
          Map.of(),
          256,
          10,
          Averaging.LOCAL,
          0,
          0,
          0,
          1,
          ValidationSettings.NONE,
          UpdatePrecision.FLOAT32);

  /**
   * Checks the ranges.
   *
   * @param optimizer any
   * @param groupOptimizers copied
   * @param batchSize at least 1
   * @param epochs at least 1
   * @param averaging any
   * @param replicas at least 0
   * @param microBatches at least 0
   * @param stepsPerRound at least 0
   * @param seed any
   * @param validation any
   * @param updatePrecision any
   */
  public TrainingSettings {
    groupOptimizers = Map.copyOf(groupOptimizers);
    groupOptimizers.forEach(
        (group, settings) ->
            Check.that(
                settings.kind() == OptimizerSettings.Kind.FROZEN
                    || !(settings.kind().isFullBatch() || optimizer.kind().isFullBatch()),
                "the optimizer of group " + group,
                "frozen, or one that takes minibatches as all others do",
                Check.camelCase(settings.kind())));
    Check.that(batchSize >= 1, "batchSize", "a whole number of at least 1", batchSize);
    Check.that(epochs >= 1, "epochs", "a whole number of at least 1", epochs);
    Check.that(replicas >= 0, "replicas", "a whole number of at least 0", replicas);
    Check.that(microBatches >= 0, "microBatches", "a whole number of at least 0", microBatches);
    Check.that(stepsPerRound >= 0, "stepsPerRound", "a whole number of at least 0", stepsPerRound);
  }

  /**
   * Without validation, with updates as exact as they are.
   *
   * @param optimizer of every parameter group that is not named in {@code groupOptimizers}
   * @param groupOptimizers settings of groups of their own, by name
   * @param batchSize rows of one optimizer step over the whole cluster, at least 1
   * @param epochs passes over the rows, at least 1
   * @param averaging local or synchronous
   * @param replicas tasks that train side by side; 0 for one on each executor
   * @param microBatches parts that each replica cuts its minibatch into; 0 for one on each of its
   *     cores
   * @param stepsPerRound local steps between two averages; 0 for a rule
   * @param seed of initial weights, row order and all noise
   */
  public TrainingSettings(
      OptimizerSettings optimizer,
      Map<String, OptimizerSettings> groupOptimizers,
      int batchSize,
      int epochs,
      Averaging averaging,
      int replicas,
      int microBatches,
      int stepsPerRound,
      long seed) {
    this(
        optimizer,
        groupOptimizers,
        batchSize,
        epochs,
        averaging,
        replicas,
        microBatches,
        stepsPerRound,
        seed,
        ValidationSettings.NONE,
        UpdatePrecision.FLOAT32);
  }

  /**
   * {@return the same with another rule}
   *
   * @param other of every parameter group that is not named
   */
  public TrainingSettings withOptimizer(OptimizerSettings other) {
    return new TrainingSettings(
        other,
        groupOptimizers,
        batchSize,
        epochs,
        averaging,
        replicas,
        microBatches,
        stepsPerRound,
        seed,
        validation,
        updatePrecision);
  }

  /**
   * {@return the same with a rule of its own for a group}
   *
   * @param group name of a parameter group
   * @param own its rule
   */
  public TrainingSettings withGroup(String group, OptimizerSettings own) {
    Map<String, OptimizerSettings> groups = new HashMap<>(groupOptimizers);
    groups.put(group, own);
    return new TrainingSettings(
        optimizer,
        groups,
        batchSize,
        epochs,
        averaging,
        replicas,
        microBatches,
        stepsPerRound,
        seed,
        validation,
        updatePrecision);
  }

  /**
   * {@return the same with other epochs}
   *
   * @param other at least 1
   */
  public TrainingSettings withEpochs(int other) {
    return new TrainingSettings(
        optimizer,
        groupOptimizers,
        batchSize,
        other,
        averaging,
        replicas,
        microBatches,
        stepsPerRound,
        seed,
        validation,
        updatePrecision);
  }

  /**
   * {@return the same with validation}
   *
   * @param other rows held back, and early stopping
   */
  public TrainingSettings withValidation(ValidationSettings other) {
    return new TrainingSettings(
        optimizer,
        groupOptimizers,
        batchSize,
        epochs,
        averaging,
        replicas,
        microBatches,
        stepsPerRound,
        seed,
        other,
        updatePrecision);
  }

  /**
   * {@return the same with updates of another precision}
   *
   * @param other numbers in which replicas return what they have done
   */
  public TrainingSettings withUpdatePrecision(UpdatePrecision other) {
    return new TrainingSettings(
        optimizer,
        groupOptimizers,
        batchSize,
        epochs,
        averaging,
        replicas,
        microBatches,
        stepsPerRound,
        seed,
        validation,
        other);
  }

  /**
   * {@return the optimizer settings of a group}
   *
   * @param group name of a parameter group
   */
  public OptimizerSettings optimizerOf(String group) {
    return groupOptimizers.getOrDefault(group, optimizer);
  }
}
