package io.sparkae.ml;

import io.sparkae.core.checkpoint.Fingerprint;
import io.sparkae.core.linalg.Blas;
import io.sparkae.core.objective.LossSpec;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.train.TrainingResult;
import io.sparkae.spark.Trainer;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * How a training went; saved with the model. Of a full-batch optimizer, an epoch is an iteration,
 * its losses are those after it, and its step size is the length of its step.
 *
 * @param objectiveHistory mean loss of each epoch, over its rows and with the parameters of the
 *     moment, all losses added but those of opponents
 * @param lossHistory the same for each loss alone, by its name
 * @param statisticHistory what else was measured in each epoch, as means over its rows with the
 *     parameters of the moment: a number for each unit, by a name ({@code unitKl} of variational
 *     autoencoders)
 * @param validationHistory mean loss over the validation rows after each epoch, all losses added,
 *     or of a classifier whose validationMetric is error the part of them that it classified
 *     wrongly; empty if there were no such rows
 * @param stepSizes step size of each epoch's last step
 * @param epochSeconds wall time of each epoch, validation left out
 * @param bestEpoch epoch that the parameters are of, from 0: the last, or the one with the least
 *     validation loss
 * @param stoppedEarly whether training ended before its last epoch
 * @param rows rows that were trained on
 * @param validationRows rows that were validated on
 * @param skippedRows invalid rows that were dropped
 * @param replicas tasks that trained side by side
 * @param microBatches parts of a replica's minibatch
 * @param threads threads of a replica
 * @param totalSteps optimizer steps
 * @param passes passes over the rows: one an epoch, and of a full-batch optimizer one for each look
 *     at loss and gradient
 * @param blas what the driver multiplied with
 * @param phase what was trained, where several trainings make one model; else empty
 * @param pretraining those trainings before this one, in their order; else empty
 * @param settings the estimator's Params that were set, as text by their names, those of
 *     checkpoints left out
 */
public record TrainingSummary(
    double[] objectiveHistory,
    Map<String, double[]> lossHistory,
    Map<String, double[][]> statisticHistory,
    double[] validationHistory,
    double[] stepSizes,
    double[] epochSeconds,
    int bestEpoch,
    boolean stoppedEarly,
    long rows,
    long validationRows,
    long skippedRows,
    int replicas,
    int microBatches,
    int threads,
    long totalSteps,
    long passes,
    Blas.Description blas,
    String phase,
    List<TrainingSummary> pretraining,
    Map<String, String> settings) {
  private static final String UNSET = "none";

  /**
   * Copies the list.
   *
   * @param objectiveHistory kept, not copied
   * @param lossHistory kept, not copied
   * @param statisticHistory kept, not copied
   * @param validationHistory kept, not copied
   * @param stepSizes kept, not copied
   * @param epochSeconds kept, not copied
   * @param bestEpoch from 0
   * @param stoppedEarly either
   * @param rows at least 1
   * @param validationRows at least 0
   * @param skippedRows at least 0
   * @param replicas at least 1
   * @param microBatches at least 1
   * @param threads at least 1
   * @param totalSteps at least 0
   * @param passes at least 0
   * @param blas what the driver multiplied with
   * @param phase may be empty
   * @param pretraining copied
   * @param settings copied
   */
  public TrainingSummary {
    pretraining = List.copyOf(pretraining);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  static TrainingSummary of(Objective objective, Trainer.Outcome outcome, String phase) {
    TrainingResult result = outcome.result();
    List<TrainingResult.Epoch> epochs = result.epochs();
    return new TrainingSummary(
        curve(epochs, TrainingResult.Epoch::loss),
        lossHistory(objective.losses(), epochs),
        statisticHistory(epochs),
        outcome.validationRows() == 0
            ? new double[0]
            : curve(epochs, TrainingResult.Epoch::validationLoss),
        curve(epochs, TrainingResult.Epoch::stepSize),
        curve(epochs, TrainingResult.Epoch::seconds),
        result.bestEpoch(),
        result.stoppedEarly(),
        outcome.rows(),
        outcome.validationRows(),
        outcome.skippedRows(),
        result.plan().replicas(),
        result.plan().microBatches(),
        result.plan().threads(),
        result.state().step(),
        epochs.stream().mapToLong(TrainingResult.Epoch::rows).sum() / outcome.rows(),
        Blas.description(),
        phase,
        List.of(),
        Map.of());
  }

  /**
   * The same with what is known of the whole.
   *
   * @param stage whose Params were set
   * @param before trainings before this one
   */
  TrainingSummary with(Params stage, List<TrainingSummary> before) {
    Map<String, String> set = new LinkedHashMap<>();
    settingsOf(stage)
        .filter(stage::isSet)
        .forEach(param -> set.put(param.name(), text(stage.getOrDefault(param))));
    return new TrainingSummary(
        objectiveHistory,
        lossHistory,
        statisticHistory,
        validationHistory,
        stepSizes,
        epochSeconds,
        bestEpoch,
        stoppedEarly,
        rows,
        validationRows,
        skippedRows,
        replicas,
        microBatches,
        threads,
        totalSteps,
        passes,
        blas,
        phase,
        before,
        set);
  }

  private static Stream<Param<?>> settingsOf(Params stage) {
    return Arrays.stream(stage.params())
        .<Param<?>>map(param -> param)
        .filter(param -> !CheckpointParams.NAMES.contains(param.name()));
  }

  /**
   * The first Param by which a training would be another one than this; those of its outputs make
   * none.
   *
   * @param stage an estimator of the same class as that of this training
   * @return the Param with both values, such as {@code stepSize 0.001, not 0.01}; empty if there is
   *     none
   */
  public Optional<String> difference(Params stage) {
    Map<String, String> had = new LinkedHashMap<>();
    Map<String, String> wanted = new LinkedHashMap<>();
    settingsOf(stage)
        .filter(param -> !OutputParams.NAMES.contains(param.name()))
        .forEach(
            param -> {
              had.put(param.name(), settings.getOrDefault(param.name(), defaultText(stage, param)));
              wanted.put(
                  param.name(), stage.isDefined(param) ? text(stage.getOrDefault(param)) : UNSET);
            });
    return new Fingerprint(had).difference(new Fingerprint(wanted));
  }

  private static String defaultText(Params stage, Param<?> param) {
    return stage.hasDefault(param) ? text(stage.getDefault(param).get()) : UNSET;
  }

  /**
   * {@return a value of a Param as people read it: arrays in brackets}
   *
   * @param value of whatever kind
   */
  public static String text(Object value) {
    if (!value.getClass().isArray()) {
      return String.valueOf(value);
    }
    return IntStream.range(0, Array.getLength(value))
        .mapToObj(i -> String.valueOf(Array.get(value, i)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static Map<String, double[]> lossHistory(
      List<LossSpec> losses, List<TrainingResult.Epoch> epochs) {
    Map<String, double[]> history = new LinkedHashMap<>();
    for (LossSpec spec : losses) {
      String name = spec.name();
      history.put(
          name,
          curve(
              epochs,
              epoch ->
                  (spec.ofOpponent() ? epoch.losses().opponents() : epoch.losses().parts())
                      .get(name)));
    }
    return history;
  }

  private static Map<String, double[][]> statisticHistory(List<TrainingResult.Epoch> epochs) {
    Map<String, double[][]> history = new LinkedHashMap<>();
    for (String name : epochs.get(0).statistics().keySet()) {
      history.put(
          name,
          epochs.stream().map(epoch -> epoch.statistics().get(name)).toArray(double[][]::new));
    }
    return history;
  }

  private static double[] curve(
      List<TrainingResult.Epoch> epochs, ToDoubleFunction<TrainingResult.Epoch> value) {
    return epochs.stream().mapToDouble(value).toArray();
  }

  /** What matters in one line, losses as numbers. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "TrainingSummary: epochs=%d%s, rows=%d, skippedRows=%d, steps=%d, seconds=%.1f,"
            + " replicas=%d, threads=%d, losses=%s%s, blas=%s",
        totalEpochs(),
        stoppedEarly ? " (stopped early, best " + (bestEpoch + 1) + ")" : "",
        rows,
        skippedRows,
        totalSteps,
        seconds(),
        replicas,
        threads,
        Arrays.toString(objectiveHistory),
        validationHistory.length == 0
            ? ""
            : ", validationLosses=" + Arrays.toString(validationHistory),
        blas.implementation());
  }

  /** {@return epochs} */
  public int totalEpochs() {
    return objectiveHistory.length;
  }

  /** {@return wall time of the epochs, in seconds} */
  public double seconds() {
    double sum = 0;
    for (double epoch : epochSeconds) {
      sum += epoch;
    }
    return sum;
  }

  /** {@return rows that went through training in a second} */
  public double rowsPerSecond() {
    return (double) rows * passes / seconds();
  }
}
