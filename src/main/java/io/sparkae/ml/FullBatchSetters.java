package io.sparkae.ml;

/**
 * Setters of {@link FullBatchParams}.
 *
 * @param <S> the stage that they return
 */
public interface FullBatchSetters<S> extends FullBatchParams {
  /** Sets {@link #maxIter()}. */
  default S setMaxIter(int value) {
    return Setting.apply(this, maxIter(), value);
  }

  /** Sets {@link #tol()}. */
  default S setTol(double value) {
    return Setting.apply(this, tol(), value);
  }
}
