package io.sparkae.ml;

/**
 * Setters of {@link TrainingParams}.
 *
 * @param <S> the stage that they return
 */
public interface TrainingSetters<S> extends TrainingParams, FullBatchSetters<S> {
  /**
   * Sets {@link #optimizer()}.
   *
   * @param value name of a rule
   * @return this
   */
  default S setOptimizer(String value) {
    return Setting.apply(this, optimizer(), value);
  }

  /**
   * Sets {@link #stepSize()}.
   *
   * @param value positive
   * @return this
   */
  default S setStepSize(double value) {
    return Setting.apply(this, stepSize(), value);
  }

  /**
   * Sets {@link #momentum()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  default S setMomentum(double value) {
    return Setting.apply(this, momentum(), value);
  }

  /**
   * Sets {@link #adamBeta1()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  default S setAdamBeta1(double value) {
    return Setting.apply(this, adamBeta1(), value);
  }

  /**
   * Sets {@link #adamBeta2()}.
   *
   * @param value in [0, 1)
   * @return this
   */
  default S setAdamBeta2(double value) {
    return Setting.apply(this, adamBeta2(), value);
  }

  /**
   * Sets {@link #schedule()}.
   *
   * @param value name of a schedule
   * @return this
   */
  default S setSchedule(String value) {
    return Setting.apply(this, schedule(), value);
  }

  /**
   * Sets {@link #scheduleDecay()}.
   *
   * @param value in (0, 1]
   * @return this
   */
  default S setScheduleDecay(double value) {
    return Setting.apply(this, scheduleDecay(), value);
  }

  /**
   * Sets {@link #scheduleEvery()}.
   *
   * @param value epochs, at least 1
   * @return this
   */
  default S setScheduleEvery(int value) {
    return Setting.apply(this, scheduleEvery(), value);
  }

  /**
   * Sets {@link #warmupEpochs()}.
   *
   * @param value epochs, at least 0
   * @return this
   */
  default S setWarmupEpochs(double value) {
    return Setting.apply(this, warmupEpochs(), value);
  }

  /**
   * Sets {@link #batchSize()}.
   *
   * @param value rows, at least 1
   * @return this
   */
  default S setBatchSize(int value) {
    return Setting.apply(this, batchSize(), value);
  }

  /**
   * Sets {@link #epochs()}.
   *
   * @param value at least 1
   * @return this
   */
  default S setEpochs(int value) {
    return Setting.apply(this, epochs(), value);
  }

  /**
   * Sets {@link #averaging()}.
   *
   * @param value local or synchronous
   * @return this
   */
  default S setAveraging(String value) {
    return Setting.apply(this, averaging(), value);
  }

  /**
   * Sets {@link #replicas()}.
   *
   * @param value at least 0; 0 for one on each executor
   * @return this
   */
  default S setReplicas(int value) {
    return Setting.apply(this, replicas(), value);
  }

  /**
   * Sets {@link #microBatches()}.
   *
   * @param value at least 0; 0 for one for each core
   * @return this
   */
  default S setMicroBatches(int value) {
    return Setting.apply(this, microBatches(), value);
  }

  /**
   * Sets {@link #stepsPerRound()}.
   *
   * @param value at least 0; 0 for a rule
   * @return this
   */
  default S setStepsPerRound(int value) {
    return Setting.apply(this, stepsPerRound(), value);
  }

  /**
   * Sets {@link #updatePrecision()}.
   *
   * @param value float32 or bfloat16
   * @return this
   */
  default S setUpdatePrecision(String value) {
    return Setting.apply(this, updatePrecision(), value);
  }

  /**
   * Sets {@link #seed()}.
   *
   * @param value any number
   * @return this
   */
  default S setSeed(long value) {
    return Setting.apply(this, seed(), value);
  }

  /**
   * Sets {@link #clipNorm()}.
   *
   * @param value at least 0; 0 for never
   * @return this
   */
  default S setClipNorm(double value) {
    return Setting.apply(this, clipNorm(), value);
  }
}
