package io.sparkae.ml;

/**
 * Setters of {@link FullBatchParams}.
 *
 * @param <S> the stage that they return
 */
public interface FullBatchSetters<S> extends FullBatchParams {
  /**
   * Sets {@link #maxIter()}.
   *
   * @param value at least 1
   * @return this
   */
  default S setMaxIter(int value) {
    return Setting.apply(this, maxIter(), value);
  }

  /**
   * Sets {@link #tol()}.
   *
   * @param value finite, at least 0
   * @return this
   */
  default S setTol(double value) {
    return Setting.apply(this, tol(), value);
  }
}
