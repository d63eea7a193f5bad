package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.optimize.Schedule;
import io.sparkae.core.train.Averaging;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.core.train.UpdatePrecision;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** How a model is trained, whatever the model: {@link TrainingSettings} as Params. */
public interface TrainingParams extends FullBatchParams {
  /** The Params themselves. */
  final class Holder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> optimizer;
    private final DoubleParam stepSize;
    private final DoubleParam momentum;
    private final DoubleParam adamBeta1;
    private final DoubleParam adamBeta2;
    private final Param<String> schedule;
    private final DoubleParam scheduleDecay;
    private final IntParam scheduleEvery;
    private final DoubleParam warmupEpochs;
    private final IntParam batchSize;
    private final IntParam epochs;
    private final Param<String> averaging;
    private final IntParam replicas;
    private final IntParam microBatches;
    private final IntParam stepsPerRound;
    private final Param<String> updatePrecision;
    private final LongParam seed;
    private final DoubleParam clipNorm;

    Holder(Params parent) {
      ParamFactory make = new ParamFactory(parent);
      optimizer =
          make.optimizer(
              "optimizer",
              "rule of the steps: lbfgs and conjugateGradient take each on all rows, at"
                  + " most maxIter of them, the others take batchSize rows for a number of epochs");
      stepSize = make.positive("stepSize", "step size before the schedule");
      momentum = make.fraction("momentum", "of momentum and nesterov");
      adamBeta1 = make.fraction("adamBeta1", "decay of the mean of gradients that adam goes by");
      adamBeta2 =
          make.fraction("adamBeta2", "decay of the mean of squared gradients that adam goes by");
      schedule =
          make.choice("schedule", "how the step size changes over training", Schedule.Kind.class);
      scheduleDecay =
          make.positiveFraction(
              "scheduleDecay", "factor of step (each scheduleEvery epochs) and exponential");
      scheduleEvery = make.wholeNumber("scheduleEvery", "epochs between two drops of step", 1);
      warmupEpochs =
          make.atLeastZero("warmupEpochs", "epochs in which the step size first rises from 0");
      batchSize =
          make.wholeNumber("batchSize", "rows of one optimizer step over the whole cluster", 1);
      epochs = make.wholeNumber("epochs", "passes over the rows", 1);
      averaging =
          make.choice(
              "averaging",
              "local: replicas walk by themselves and are averaged each round; synchronous:"
                  + " directions are summed each step",
              Averaging.class);
      replicas =
          make.wholeNumber("replicas", "tasks that train side by side; 0: one on each executor", 0);
      microBatches =
          make.wholeNumber(
              "microBatches",
              "parts of a replica's minibatch that its threads share; 0: one for each core",
              0);
      stepsPerRound =
          make.wholeNumber(
              "stepsPerRound",
              "local steps between two averages; 0: an epoch for one replica, else max(5,"
                  + " 40/replicas), or max(20, 40/replicas) of 256 rows and more of a step for each",
              0);
      updatePrecision =
          make.choice(
              "updatePrecision",
              "numbers in which replicas return what they have done: bfloat16 is half the bytes,"
                  + " and rounded",
              UpdatePrecision.class);
      seed = make.anyLong("seed", "of initial weights, row order and noise (a whole number)");
      clipNorm =
          make.atLeastZero(
              "clipNorm", "norm to which a longer mean gradient of a step is shortened; 0: never");
    }

    void setDefaults(Params parent, TrainingSettings defaults) {
      OptimizerSettings rule = defaults.optimizer();
      parent.setDefault(optimizer, Check.camelCase(rule.kind()));
      parent.setDefault(stepSize, rule.stepSize());
      parent.setDefault(momentum, rule.momentum());
      parent.setDefault(adamBeta1, rule.beta1());
      parent.setDefault(adamBeta2, rule.beta2());
      parent.setDefault(schedule, Check.camelCase(rule.schedule().kind()));
      parent.setDefault(scheduleDecay, rule.schedule().decay());
      parent.setDefault(scheduleEvery, rule.schedule().every());
      parent.setDefault(warmupEpochs, rule.schedule().warmupEpochs());
      parent.setDefault(batchSize, defaults.batchSize());
      parent.setDefault(epochs, defaults.epochs());
      parent.setDefault(averaging, Check.camelCase(defaults.averaging()));
      parent.setDefault(replicas, defaults.replicas());
      parent.setDefault(microBatches, defaults.microBatches());
      parent.setDefault(stepsPerRound, defaults.stepsPerRound());
      parent.setDefault(updatePrecision, Check.camelCase(defaults.updatePrecision()));
      parent.setDefault(seed, defaults.seed());
      parent.setDefault(clipNorm, rule.clipNorm());
    }
  }

  /** {@return where the Params are kept} */
  Holder trainingParams();

  /** {@return rule of the steps; default adam, of a restricted Boltzmann machine momentum} */
  default Param<String> optimizer() {
    return trainingParams().optimizer;
  }

  /**
   * {@return step size before the schedule, positive; default 0.001, of a restricted Boltzmann
   * machine 0.05}
   */
  default DoubleParam stepSize() {
    return trainingParams().stepSize;
  }

  /**
   * {@return momentum of momentum and nesterov, in [0, 1); default 0.9, of a restricted Boltzmann
   * machine 0.5}
   */
  default DoubleParam momentum() {
    return trainingParams().momentum;
  }

  /**
   * {@return decay β₁ of the mean of gradients that adam goes by, in [0, 1); default 0.9; 0.5 where
   * two players train against each other}
   */
  default DoubleParam adamBeta1() {
    return trainingParams().adamBeta1;
  }

  /**
   * {@return decay β₂ of the mean of squared gradients that adam goes by, in [0, 1); default 0.999}
   */
  default DoubleParam adamBeta2() {
    return trainingParams().adamBeta2;
  }

  /** {@return how the step size changes over training; default constant} */
  default Param<String> schedule() {
    return trainingParams().schedule;
  }

  /** {@return factor of the schedules step and exponential, in (0, 1]; default 0.95} */
  default DoubleParam scheduleDecay() {
    return trainingParams().scheduleDecay;
  }

  /** {@return epochs between two drops of the schedule step, at least 1; default 10} */
  default IntParam scheduleEvery() {
    return trainingParams().scheduleEvery;
  }

  /** {@return epochs in which the step size first rises from 0, at least 0; default 0} */
  default DoubleParam warmupEpochs() {
    return trainingParams().warmupEpochs;
  }

  /**
   * {@return rows of one optimizer step over the whole cluster, at least 1; default 256, of a
   * restricted Boltzmann machine 100}
   */
  default IntParam batchSize() {
    return trainingParams().batchSize;
  }

  /** {@return passes over the rows, at least 1; default 10} */
  default IntParam epochs() {
    return trainingParams().epochs;
  }

  /** {@return local averaging or synchronous steps; default local} */
  default Param<String> averaging() {
    return trainingParams().averaging;
  }

  /** {@return tasks that train side by side, 0 for one on each executor; default 0} */
  default IntParam replicas() {
    return trainingParams().replicas;
  }

  /** {@return parts of a replica's minibatch, 0 for one for each core; default 0} */
  default IntParam microBatches() {
    return trainingParams().microBatches;
  }

  /** {@return local steps between two averages, 0 for a rule; default 0} */
  default IntParam stepsPerRound() {
    return trainingParams().stepsPerRound;
  }

  /**
   * {@return numbers in which replicas return what they have done, float32 as they are computed or
   * bfloat16 rounded to half the bytes; default float32}
   */
  default Param<String> updatePrecision() {
    return trainingParams().updatePrecision;
  }

  /** {@return seed of everything random; default 1} */
  default LongParam seed() {
    return trainingParams().seed;
  }

  /**
   * {@return norm to which a longer mean gradient of a step is shortened, 0 for never; default 0}
   */
  default DoubleParam clipNorm() {
    return trainingParams().clipNorm;
  }

  /** {@return rule of the steps} */
  default String getOptimizer() {
    return getOrDefault(optimizer());
  }

  /** {@return step size before the schedule} */
  default double getStepSize() {
    return (double) getOrDefault(stepSize());
  }

  /** {@return momentum} */
  default double getMomentum() {
    return (double) getOrDefault(momentum());
  }

  /** {@return decay of the mean of gradients} */
  default double getAdamBeta1() {
    return (double) getOrDefault(adamBeta1());
  }

  /** {@return decay of the mean of squared gradients} */
  default double getAdamBeta2() {
    return (double) getOrDefault(adamBeta2());
  }

  /** {@return name of the schedule} */
  default String getSchedule() {
    return getOrDefault(schedule());
  }

  /** {@return factor of the schedule} */
  default double getScheduleDecay() {
    return (double) getOrDefault(scheduleDecay());
  }

  /** {@return epochs between two drops} */
  default int getScheduleEvery() {
    return (int) getOrDefault(scheduleEvery());
  }

  /** {@return epochs of warm-up} */
  default double getWarmupEpochs() {
    return (double) getOrDefault(warmupEpochs());
  }

  /** {@return rows of one step over the whole cluster} */
  default int getBatchSize() {
    return (int) getOrDefault(batchSize());
  }

  /** {@return passes over the rows} */
  default int getEpochs() {
    return (int) getOrDefault(epochs());
  }

  /** {@return local or synchronous} */
  default String getAveraging() {
    return getOrDefault(averaging());
  }

  /** {@return replicas, 0 for one on each executor} */
  default int getReplicas() {
    return (int) getOrDefault(replicas());
  }

  /** {@return micro-batches, 0 for one for each core} */
  default int getMicroBatches() {
    return (int) getOrDefault(microBatches());
  }

  /** {@return local steps of a round, 0 for a rule} */
  default int getStepsPerRound() {
    return (int) getOrDefault(stepsPerRound());
  }

  /** {@return numbers in which replicas return what they have done} */
  default String getUpdatePrecision() {
    return getOrDefault(updatePrecision());
  }

  /** {@return the seed} */
  default long getSeed() {
    return (long) getOrDefault(seed());
  }

  /** {@return norm to which a longer mean gradient of a step is shortened, 0 for never} */
  default double getClipNorm() {
    return (double) getOrDefault(clipNorm());
  }

  /**
   * {@return the rule of the steps}
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  default OptimizerSettings.Kind optimizerKind() {
    return Check.choice(OptimizerSettings.Kind.class, "optimizer", getOptimizer());
  }

  /**
   * {@return the Params as settings, without validation}
   *
   * @throws IllegalArgumentException if one is out of range, or set and of no use with the
   *     optimizer
   */
  default TrainingSettings trainingSettings() {
    OptimizerSettings defaults = TrainingSettings.DEFAULT.optimizer();
    OptimizerSettings.Kind kind = optimizerKind();
    IdleParams.refuse(this, kind);
    OptimizerSettings rule =
        new OptimizerSettings(
            kind,
            getStepSize(),
            getMomentum(),
            getAdamBeta1(),
            getAdamBeta2(),
            defaults.epsilon(),
            new Schedule(
                Check.choice(Schedule.Kind.class, "schedule", getSchedule()),
                getScheduleDecay(),
                getScheduleEvery(),
                getWarmupEpochs()),
            getClipNorm(),
            fullBatchSettings());
    return new TrainingSettings(
            rule,
            Map.of(),
            getBatchSize(),
            getEpochs(),
            Check.choice(Averaging.class, "averaging", getAveraging()),
            getReplicas(),
            getMicroBatches(),
            getStepsPerRound(),
            getSeed())
        .withUpdatePrecision(
            Check.choice(UpdatePrecision.class, "updatePrecision", getUpdatePrecision()));
  }
}
