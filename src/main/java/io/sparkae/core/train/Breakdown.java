package io.sparkae.core.train;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Where a replica's loss stopped being finite, and what the numbers looked like there.
 *
 * @param step step within the epoch, from 0
 * @param largestParameter largest magnitude among the parameters before that step; NaN if one is
 * @param input largest magnitude among the inputs of that step
 */
record Breakdown(int step, double largestParameter, LargestInput input) {
  /** Beyond this, products of parameters over a few layers leave the range of floats. */
  private static final double LARGE_PARAMETER = 1e3;

  /** Beyond this, inputs are not on the scale that initial weights are made for. */
  private static final double LARGE_INPUT = 1e2;

  static final int BYTES = Integer.BYTES + Double.BYTES + Long.BYTES + Double.BYTES;

  /**
   * The largest input.
   *
   * @param row index of its row among the training rows
   * @param value its magnitude
   */
  record LargestInput(long row, double value) {
    static final LargestInput NONE = new LargestInput(-1, 0);

    /** Whether a value is larger than this one; nothing is larger than what is no number. */
    boolean isBelow(double other) {
      return !Double.isNaN(value) && !(other <= value);
    }
  }

  void write(ByteBuffer bytes) {
    bytes.putInt(step).putDouble(largestParameter).putLong(input.row()).putDouble(input.value());
  }

  static Breakdown read(ByteBuffer bytes) {
    return new Breakdown(
        bytes.getInt(), bytes.getDouble(), new LargestInput(bytes.getLong(), bytes.getDouble()));
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
    if (!(largestParameter <= LARGE_PARAMETER)) { // or NaN
      String grown =
          Double.isFinite(largestParameter)
              ? String.format(Locale.ROOT, "the parameters had grown to %.4g", largestParameter)
              : "the parameters had grown beyond the range of floats";
      return grown + ": " + smaller + (isLargeInput() ? "; " + scale() + " too" : "");
    }
    return isLargeInput() ? scale() + " may help" : smaller + ", or scaled features";
  }

  /** What helps where no step has been made. */
  String adviceAtStart() {
    return isLargeInput() ? scale() + " may help" : "scaled features may help";
  }

  private boolean isLargeInput() {
    return !(input.value() <= LARGE_INPUT); // or NaN
  }

  private String scale() {
    return String.format(
        Locale.ROOT,
        "row %d of the training rows holds %.4g: scaled features",
        input.row(),
        input.value());
  }
}
