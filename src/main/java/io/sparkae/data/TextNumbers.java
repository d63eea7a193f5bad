package io.sparkae.data;

import io.sparkae.core.Check;

/** Numbers in lines of text. */
final class TextNumbers {
  private static final int SHOWN = 30;

  private TextNumbers() {}

  /**
   * A finite number.
   *
   * @throws LineFormatException if the word is none
   */
  static double parse(String word, String file, long line, String what) {
    try {
      double value = Double.parseDouble(word);
      if (Double.isFinite(value) && Character.isDigit(lastOf(word))) { // not 1f or 1d
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new LineFormatException(
        file, line, what + " must be a finite number, not '" + shown(word) + "'");
  }

  private static char lastOf(String word) {
    char last = word.charAt(word.length() - 1);
    return last == '.' && word.length() > 1 ? word.charAt(word.length() - 2) : last;
  }

  /** A word as a message shows it. */
  static String shown(String word) {
    return Check.shown(word, SHOWN);
  }
}
