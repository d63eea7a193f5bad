package io.sparkae.data;

import java.util.Locale;

/** How the numbers of a source become features. */
public enum Scaling {
  /** As they are. */
  NONE,
  /**
   * Brought into [0, 1], or into [−1, 1] where rows are sparse: unsigned bytes divided by 255,
   * dense features from their least and largest values, sparse ones divided by the largest
   * magnitude.
   */
  UNIT,
  /** Mean 0 (not of sparse rows, whose zeros stay) and standard deviation 1 for each feature. */
  STANDARD;

  /** {@return the name on the command line and in metadata} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
