package io.sparkae.ml;

/**
 * Setters of {@link KSparsityParams}.
 *
 * @param <S> the stage that they return
 */
public interface KSparsitySetters<S> extends KSparsityParams {
  /** Sets {@link #kSparse()}. */
  default S setKSparse(int value) {
    return Setting.apply(this, kSparse(), value);
  }

  /** Sets {@link #kSparseStart()}. */
  default S setKSparseStart(int value) {
    return Setting.apply(this, kSparseStart(), value);
  }

  /** Sets {@link #kSparseAnnealing()}. */
  default S setKSparseAnnealing(double value) {
    return Setting.apply(this, kSparseAnnealing(), value);
  }

  /** Sets {@link #kSparseAlpha()}. */
  default S setKSparseAlpha(double value) {
    return Setting.apply(this, kSparseAlpha(), value);
  }
}
