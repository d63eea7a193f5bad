package io.sparkae.core.graph;

import io.sparkae.core.random.RandomStreams;
import java.io.Serializable;

/**
 * How a slice of parameters starts.
 *
 * @param kind the distribution
 * @param scale standard deviation of {@code NORMAL}, unused by the others
 */
public record Initializer(Kind kind, double scale) implements Serializable {
  /** The distributions. */
  public enum Kind {
    /** All zero. */
    ZERO,
    /** Uniform over ±√(6/(rows + columns)) (Glorot and Bengio 2010, equation 16). */
    XAVIER,
    /** Normal with mean 0. */
    NORMAL
  }

  /** All zero. */
  public static final Initializer ZERO = new Initializer(Kind.ZERO, 0);

  /** Glorot and Bengio's uniform distribution. */
  public static final Initializer XAVIER = new Initializer(Kind.XAVIER, 0);

  /**
   * {@return normal with mean 0 and the given standard deviation}
   *
   * @param standardDeviation of each element, at least 0
   */
  public static Initializer normal(double standardDeviation) {
    return new Initializer(Kind.NORMAL, standardDeviation);
  }

  void fill(float[] parameters, ParameterSlice slice, int index, RandomStreams random) {
    if (kind == Kind.ZERO) {
      return;
    }
    double factor =
        kind == Kind.NORMAL ? scale : Math.sqrt(6.0 / ((double) slice.rows() + slice.columns()));
    for (int row = 0; row < slice.rows(); row++) {
      int offset = slice.offset() + row * slice.columns();
      if (kind == Kind.NORMAL) {
        random.normal(
            RandomStreams.INITIAL_WEIGHTS, index, row, parameters, offset, slice.columns());
      } else {
        random.uniform(
            RandomStreams.INITIAL_WEIGHTS, index, row, parameters, offset, slice.columns());
      }
      for (int i = offset; i < offset + slice.columns(); i++) {
        double unit = kind == Kind.NORMAL ? parameters[i] : 2.0 * parameters[i] - 1;
        parameters[i] = (float) (factor * unit);
      }
    }
  }
}
