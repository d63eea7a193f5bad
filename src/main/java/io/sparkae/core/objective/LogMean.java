package io.sparkae.core.objective;

/** log of the mean of e^x over numbers x that come one after the other, without overflow. */
public final class LogMean {
  private double largest = Double.NEGATIVE_INFINITY;
  private double sum;
  private long count;

  /** Of no numbers. */
  public LogMean() {}

  /** Forgets all numbers. */
  public void clear() {
    largest = Double.NEGATIVE_INFINITY;
    sum = 0;
    count = 0;
  }

  /**
   * Adds a number.
   *
   * @param x any
   */
  public void add(double x) {
    count++;
    if (x <= largest) {
      sum += Math.exp(x - largest);
    } else {
      sum = sum * Math.exp(largest - x) + 1;
      largest = x;
    }
  }

  /** {@return log((1/n) Σ e^x); NaN of no numbers} */
  public double value() {
    return count == 0 ? Double.NaN : largest + Math.log(sum / count);
  }
}
