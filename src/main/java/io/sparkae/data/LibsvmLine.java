package io.sparkae.data;

import java.util.Arrays;

/**
 * A row in LIBSVM's format: {@code label index:value index:value …}, indices from 1 in any order,
 * what follows a {@code #} left out.
 *
 * @param label the label
 * @param indices indices of the elements from 0, ascending
 * @param values the elements
 */
public record LibsvmLine(double label, int[] indices, double[] values) {
  /**
   * Reads a line.
   *
   * @param line label, then index:value with indices from 1 in any order
   * @param file name of the file, for errors
   * @param number number of the line in the file, from 1, for errors
   * @return the row, or null if the line is empty but for a comment
   * @throws LineFormatException if it is malformed
   */
  public static LibsvmLine parse(String line, String file, long number) {
    int comment = line.indexOf('#');
    int length = comment < 0 ? line.length() : comment;
    int count = Words.count(line, length);
    if (count == 0) {
      return null;
    }
    Words words = new Words(line, length);
    words.next();
    double label = TextNumbers.parse(words.text(), file, number, "the label");
    long[] order = new long[count - 1];
    double[] values = new double[count - 1];
    for (int i = 0; words.next(); i++) {
      String before = words.before(':');
      if (before == null) {
        throw new LineFormatException(
            file, number, "'" + TextNumbers.shown(words.text()) + "' is not index:value");
      }
      int index = index(before, file, number);
      values[i] = TextNumbers.parse(words.after(':'), file, number, "element " + index);
      order[i] = (long) index << Integer.SIZE | i;
    }
    Arrays.sort(order);
    return sorted(label, order, values, file, number);
  }

  private static int index(String word, String file, long number) {
    try {
      int index = Integer.parseInt(word);
      if (index >= 1) {
        return index;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new LineFormatException(
        file,
        number,
        "index '"
            + TextNumbers.shown(word)
            + "' must be a whole number from 1 to "
            + Integer.MAX_VALUE);
  }

  /** Elements in the order of their indices, which stand in the upper halves of {@code order}. */
  private static LibsvmLine sorted(
      double label, long[] order, double[] values, String file, long number) {
    int[] indices = new int[order.length];
    double[] elements = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      indices[i] = (int) (order[i] >>> Integer.SIZE) - 1;
      elements[i] = values[(int) order[i]];
      if (i > 0 && indices[i] == indices[i - 1]) {
        throw new LineFormatException(
            file, number, "index " + (indices[i] + 1) + " stands there twice");
      }
    }
    return new LibsvmLine(label, indices, elements);
  }

  /** {@return the least width that holds the row} */
  public int width() {
    return indices.length == 0 ? 0 : indices[indices.length - 1] + 1;
  }
}
