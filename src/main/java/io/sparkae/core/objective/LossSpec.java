package io.sparkae.core.objective;

import java.io.Serializable;

/**
 * A named loss: its reported value is sum / weight.
 *
 * @param name reconstruction, weightDecay, prediction…
 * @param weight name of the (one-element) {@link WeightSpec} that divides
 * @param ofOpponent whether it is that of a player whom the model is trained against, which is
 *     reported by itself and never added to the others
 */
public record LossSpec(String name, String weight, boolean ofOpponent) implements Serializable {
  /**
   * A part of the loss.
   *
   * @param name reconstruction, weightDecay, prediction…
   * @param weight name of the (one-element) {@link WeightSpec} that divides
   */
  public LossSpec(String name, String weight) {
    this(name, weight, false);
  }

  /**
   * {@return the loss of a player whom the model is trained against}
   *
   * @param name such as discriminator
   * @param weight name of the (one-element) {@link WeightSpec} that divides
   */
  public static LossSpec opponent(String name, String weight) {
    return new LossSpec(name, weight, true);
  }
}
