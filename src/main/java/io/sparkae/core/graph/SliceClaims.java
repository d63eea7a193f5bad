package io.sparkae.core.graph;

import java.util.HashSet;
import java.util.Set;

/** Decides who overwrites a slice of the direction (the first writer) and who adds to it. */
public final class SliceClaims {
  private final Set<String> written = new HashSet<>();

  /**
   * {@return whether the caller, as the next writer of the slice in backward order, must add}
   *
   * @param slice part of the direction that the caller is about to write
   */
  public boolean mustAdd(ParameterSlice slice) {
    return !written.add(slice.name());
  }
}
