package io.sparkae.data;

import java.util.List;
import java.util.function.LongFunction;

/** The {@link GeneratedSet}s that there are. */
public final class GeneratedSets {
  private static final List<LongFunction<GeneratedSet>> SETS =
      List.of(Rectangles::new, ConvexRegions::new, DrawnDigits::new);

  private GeneratedSets() {}

  /** {@return the names of all sets} */
  public static List<String> names() {
    return SETS.stream().map(set -> set.apply(0).name()).toList();
  }

  /**
   * {@return the set of a name and a seed}
   *
   * @param name one of {@link #names}
   * @param seed what all random numbers are keyed by
   * @throws IllegalArgumentException if there is no set of that name
   */
  public static GeneratedSet of(String name, long seed) {
    return SETS.stream()
        .map(set -> set.apply(seed))
        .filter(set -> set.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "set must be one of " + String.join(", ", names()) + ", not " + name));
  }
}
