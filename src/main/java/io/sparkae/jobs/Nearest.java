package io.sparkae.jobs;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a person meant to type. */
final class Nearest {
  private Nearest() {}

  /** The word of least edit distance to {@code typed}, or empty if none is near. */
  static Optional<String> of(String typed, Collection<String> words) {
    return words.stream()
        .min(Comparator.comparingInt((String word) -> distance(typed, word)))
        .filter(word -> distance(typed, word) <= Math.max(2, word.length() / 2));
  }

  /** ": did you mean X?", or {@code otherwise} if no word is near. */
  static String suggest(String typed, String prefix, Collection<String> words, String otherwise) {
    return of(typed, words).map(word -> ": did you mean " + prefix + word + "?").orElse(otherwise);
  }

  /** Levenshtein's distance: insertions, deletions and substitutions from one word to the other. */
  static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    int[] current = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int substitute = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitute, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[to.length()];
  }
}
