package io.sparkae.data;

/**
 * The words of a line, one after the other: a list of them all would take many times its memory.
 */
final class Words {
  private final String line;
  private final int length;
  private int start;
  private int end;

  /**
   * @param length characters of the line that count, from the first
   */
  Words(String line, int length) {
    this.line = line;
    this.length = length;
  }

  /** How many words a line has. */
  static int count(String line, int length) {
    Words words = new Words(line, length);
    int count = 0;
    while (words.next()) {
      count++;
    }
    return count;
  }

  /** Goes to the next word, the first at the beginning; false if there is none. */
  boolean next() {
    start = end;
    while (start < length && Character.isWhitespace(line.charAt(start))) {
      start++;
    }
    end = start;
    while (end < length && !Character.isWhitespace(line.charAt(end))) {
      end++;
    }
    return start < end;
  }

  /** The word. */
  String text() {
    return line.substring(start, end);
  }

  /** The part of the word before a character; null if that is its first, or not in it. */
  String before(char separator) {
    int at = line.indexOf(separator, start);
    return at <= start || at >= end ? null : line.substring(start, at);
  }

  /** The part of the word behind the first of a character that is in it. */
  String after(char separator) {
    return line.substring(line.indexOf(separator, start) + 1, end);
  }
}
