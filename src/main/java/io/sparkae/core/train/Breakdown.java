package io.sparkae.core.train;

import io.sparkae.core.graph.MinibatchColumn.Element;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Where a replica's loss stopped being finite, and what the numbers looked like there.
 *
 * @param step step within the epoch, from 0
 * @param largestParameter largest magnitude among the parameters before that step; NaN if one is
 * @param input largest magnitude among the features of all rows of the replica that are trained on,
 *     or validated on, and among them the row; {@link LargestInput#NONE} where nobody was to look
 *     for it
 */
record Breakdown(int step, double largestParameter, LargestInput input) {
  /** Beyond this, products of parameters over a few layers leave the range of floats. */
  private static final double LARGE_PARAMETER = 1e3;

  /** Beyond this, inputs are not on the scale that initial weights are made for. */
  private static final double LARGE_INPUT = 1e2;

  static final int BYTES = 2 * Integer.BYTES + Long.BYTES + 2 * Double.BYTES;

  /**
   * The largest input.
   *
   * @param row index of its row among the rows that are trained on, or validated on
   * @param element where among its features, and its magnitude
   */
  record LargestInput(long row, Element element) {
    static final LargestInput NONE = new LargestInput(-1, new Element(0, 0));

    /** The larger of two, of equal ones this. */
    LargestInput orLarger(LargestInput other) {
      return element.isBelow(other.element().magnitude()) ? other : this;
    }
  }

  /** What replicas tell together: the first one's, with the largest input of all. */
  static Breakdown merge(Breakdown first, Breakdown second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return new Breakdown(
        first.step(), first.largestParameter(), first.input().orLarger(second.input()));
  }

  void write(ByteBuffer bytes) {
    bytes.putInt(step).putDouble(largestParameter);
    bytes
        .putLong(input.row())
        .putInt(input.element().index())
        .putDouble(input.element().magnitude());
  }

  static Breakdown read(ByteBuffer bytes) {
    return new Breakdown(
        bytes.getInt(),
        bytes.getDouble(),
        new LargestInput(bytes.getLong(), new Element(bytes.getInt(), bytes.getDouble())));
  }

  /** The largest magnitude; NaN if a value is NaN. */
  static double largestMagnitude(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** The likely cause and what helps. */
  String advice(double stepSize) {
    String smaller = "a smaller stepSize (now " + stepSize + "), warmupEpochs or clipNorm may help";
    if (areParametersLarge()) {
      return grown() + ": " + smaller + (isLargeInput() ? "; " + scale() + " too" : "");
    }
    return isLargeInput() ? scale() + " may help" : smaller + ", or scaled features";
  }

  /** What helps where no step has been made. */
  String adviceAtStart() {
    return isLargeInput() ? scale() + " may help" : "scaled features may help";
  }

  /** What helps where the rows that were looked at are those to validate on. */
  String adviceOnValidation() {
    return isLargeInput() && !areParametersLarge()
        ? held("validation") + ": mend the row or leave it out"
        : grown() + ": a smaller stepSize, warmupEpochs or clipNorm may help";
  }

  private boolean areParametersLarge() {
    return !(largestParameter <= LARGE_PARAMETER); // or NaN
  }

  private String grown() {
    return Double.isFinite(largestParameter)
        ? String.format(Locale.ROOT, "the parameters had grown to %.4g", largestParameter)
        : "the parameters had grown beyond the range of floats";
  }

  private boolean isLargeInput() {
    return !(input.element().magnitude() <= LARGE_INPUT); // or NaN
  }

  private String scale() {
    return held("training") + ": scaled features";
  }

  private String held(String rows) {
    return String.format(
        Locale.ROOT,
        "row %d of the %s rows holds %.4g at element %d of its features",
        input.row(),
        rows,
        input.element().magnitude(),
        input.element().index());
  }
}
