package io.sparkae.core.objective;

import io.sparkae.core.Check;
import java.io.Serializable;

/**
 * What training draws at random, for each row and epoch anew; the trained model has none of it.
 *
 * @param corruption of the input; the loss compares with the clean row
 * @param corruptionLevel standard deviation of gaussian noise, at least 0; of the other kinds the
 *     probability that an element is hit, in [0, 1]
 * @param inputDropout probability to drop an input, in [0, 1)
 * @param hiddenDropout probability to drop a unit of a hidden layer, in encoder and decoder
 * @param codeDropout probability to drop a unit of the code
 */
public record Noise(
    Corruption corruption,
    double corruptionLevel,
    double inputDropout,
    double hiddenDropout,
    double codeDropout)
    implements Serializable {
  /** None. */
  public static final Noise NONE = new Noise(Corruption.NONE, 0, 0, 0, 0);

  /**
   * Checks the ranges.
   *
   * @param corruption any
   * @param corruptionLevel above 0 unless there is no corruption; at most 1 where it is a
   *     probability
   * @param inputDropout in [0, 1)
   * @param hiddenDropout in [0, 1)
   * @param codeDropout in [0, 1)
   */
  public Noise {
    Check.that(
        corruptionLevel >= 0 && Double.isFinite(corruptionLevel),
        "corruptionLevel",
        "a number of at least 0",
        corruptionLevel);
    Check.that(
        corruption == Corruption.GAUSSIAN || corruptionLevel <= 1,
        "corruptionLevel",
        "at most 1, a probability, when corruption is " + Check.camelCase(corruption),
        corruptionLevel);
    Check.that(
        corruption == Corruption.NONE || corruptionLevel > 0,
        "corruptionLevel",
        "above 0 when corruption is " + Check.camelCase(corruption),
        corruptionLevel);
    Check.that(
        corruption != Corruption.NONE || corruptionLevel == 0,
        "corruption",
        "one of gaussian, masking, saltAndPepper when corruptionLevel is " + corruptionLevel,
        Check.camelCase(corruption));
    checkDropout("inputDropout", inputDropout);
    checkDropout("hiddenDropout", hiddenDropout);
    checkDropout("codeDropout", codeDropout);
  }

  /**
   * {@return dropout of the code alone}
   *
   * @param probability in [0, 1)
   */
  public static Noise codeDropout(double probability) {
    return new Noise(Corruption.NONE, 0, 0, 0, probability);
  }

  /**
   * {@return the probability to drop a unit of the layer below a classifier's head, which is a code
   * and a hidden layer: that of the code if there is one, else that of the hidden layers}
   */
  public double dropoutBelowHead() {
    return codeDropout > 0 ? codeDropout : hiddenDropout;
  }

  private static void checkDropout(String name, double probability) {
    Check.that(probability >= 0 && probability < 1, name, "in [0, 1)", probability);
  }

  /** {@return whether anything is drawn} */
  public boolean isActive() {
    return !equals(NONE);
  }

  /** {@return what is drawn, in the words of the Params; empty for nothing} */
  public String sources() {
    StringBuilder names = new StringBuilder();
    append(names, "corruption", corruptionLevel);
    append(names, "inputDropout", inputDropout);
    append(names, "hiddenDropout", hiddenDropout);
    append(names, "codeDropout", codeDropout);
    return names.toString();
  }

  private static void append(StringBuilder names, String name, double level) {
    if (level > 0) {
      names.append(names.isEmpty() ? "" : ", ").append(name);
    }
  }
}
