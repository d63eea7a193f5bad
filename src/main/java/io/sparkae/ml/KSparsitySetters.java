package io.sparkae.ml;

/**
 * Setters of {@link KSparsityParams}.
 *
 * @param <S> the stage that they return
 */
public interface KSparsitySetters<S> extends KSparsityParams {
  /**
   * Sets {@link #kSparse()}.
   *
   * @param value units, at least 0; 0 for all
   * @return this
   */
  default S setKSparse(int value) {
    return Setting.apply(this, kSparse(), value);
  }

  /**
   * Sets {@link #kSparseStart()}.
   *
   * @param value units, at least 0; 0 for those that stay in the end
   * @return this
   */
  default S setKSparseStart(int value) {
    return Setting.apply(this, kSparseStart(), value);
  }

  /**
   * Sets {@link #kSparseAnnealing()}.
   *
   * @param value in [0, 1]
   * @return this
   */
  default S setKSparseAnnealing(double value) {
    return Setting.apply(this, kSparseAnnealing(), value);
  }

  /**
   * Sets {@link #kSparseAlpha()}.
   *
   * @param value at least 1
   * @return this
   */
  default S setKSparseAlpha(double value) {
    return Setting.apply(this, kSparseAlpha(), value);
  }
}
