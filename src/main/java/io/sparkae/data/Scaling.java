package io.sparkae.data;

import java.util.Locale;

/** How the numbers of a file become features. */
public enum Scaling {
  /** As they are. */
  NONE,
  /** Unsigned bytes divided by 255, so that they lie in [0, 1]. */
  UNIT;

  /** The name on the command line and in metadata. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
