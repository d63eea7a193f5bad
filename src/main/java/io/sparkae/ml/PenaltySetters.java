package io.sparkae.ml;

/**
 * Setters of {@link PenaltyParams}.
 *
 * @param <S> the stage that they return
 */
public interface PenaltySetters<S> extends PenaltyParams {
  /** Sets {@link #weightDecay()}. */
  default S setWeightDecay(double value) {
    return Setting.apply(this, weightDecay(), value);
  }

  /** Sets {@link #weightL1()}. */
  default S setWeightL1(double value) {
    return Setting.apply(this, weightL1(), value);
  }

  /** Sets {@link #codeL1()}. */
  default S setCodeL1(double value) {
    return Setting.apply(this, codeL1(), value);
  }

  /** Sets {@link #codeL2()}. */
  default S setCodeL2(double value) {
    return Setting.apply(this, codeL2(), value);
  }

  /** Sets {@link #codeEntropy()}. */
  default S setCodeEntropy(double value) {
    return Setting.apply(this, codeEntropy(), value);
  }

  /** Sets {@link #sparsityWeight()}. */
  default S setSparsityWeight(double value) {
    return Setting.apply(this, sparsityWeight(), value);
  }

  /** Sets {@link #sparsityTarget()}. */
  default S setSparsityTarget(double value) {
    return Setting.apply(this, sparsityTarget(), value);
  }

  /** Sets {@link #sparsityDecay()}. */
  default S setSparsityDecay(double value) {
    return Setting.apply(this, sparsityDecay(), value);
  }

  /** Sets {@link #contraction()}. */
  default S setContraction(double value) {
    return Setting.apply(this, contraction(), value);
  }
}
