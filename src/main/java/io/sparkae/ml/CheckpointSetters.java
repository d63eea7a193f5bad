package io.sparkae.ml;

/**
 * Setters of {@link CheckpointParams}.
 *
 * @param <S> the stage that they return
 */
public interface CheckpointSetters<S> extends CheckpointParams {
  /**
   * Sets {@link #checkpointDir()}.
   *
   * @param value a folder, which need not exist
   * @return this
   */
  default S setCheckpointDir(String value) {
    return Setting.apply(this, checkpointDir(), value);
  }

  /**
   * Sets {@link #checkpointInterval()}.
   *
   * @param value rounds, at least 1; 0 for a rule, −1 for never
   * @return this
   */
  default S setCheckpointInterval(int value) {
    return Setting.apply(this, checkpointInterval(), value);
  }

  /**
   * Sets {@link #resume()}.
   *
   * @param value whether to go on from a checkpoint
   * @return this
   */
  default S setResume(boolean value) {
    return Setting.apply(this, resume(), value);
  }
}
