package io.sparkae.jobs;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Numbers of features and ranges of them, such as 3,7-9. */
final class FeatureRanges {
  private static final int MOST = 1 << 20;

  private FeatureRanges() {}

  /** The numbers, each once, in ascending order. */
  static int[] parse(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::trim)
        .flatMapToInt(FeatureRanges::range)
        .sorted()
        .distinct()
        .toArray();
  }

  private static IntStream range(String part) {
    String[] ends = part.split("-", -1);
    int from = Integer.parseInt(ends[0].trim());
    int to = ends.length == 1 ? from : Integer.parseInt(ends[1].trim());
    if (ends.length > 2 || from < 0 || to < from || to - from >= MOST) {
      throw new IllegalArgumentException(part);
    }
    return IntStream.rangeClosed(from, to);
  }
}
