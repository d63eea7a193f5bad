package io.sparkae.data;

/** A line of numbers with whitespace between them, one of which is the label. */
public final class NumberLine {
  private NumberLine() {}

  /** Where the label stands. */
  public enum LabelPlace {
    /** First, as in the UCR archive's series. */
    FIRST,
    /** Last, as in the .amat files of Larochelle et al. 2007. */
    LAST
  }

  /**
   * {@return how many numbers a line has}
   *
   * @param line numbers with white space between them
   */
  public static int count(String line) {
    return Words.count(line, line.length());
  }

  /**
   * Reads a line.
   *
   * @param line numbers with white space between them
   * @param place where the label stands
   * @param features takes the numbers but the label; its length is what the line must have
   * @param file name of the file, for errors
   * @param number number of the line in the file, from 1, for errors
   * @return the label
   * @throws LineFormatException if it is malformed or of another length
   */
  public static double parse(
      String line, LabelPlace place, double[] features, String file, long number) {
    int count = count(line);
    if (count != features.length + 1) {
      throw new LineFormatException(
          file,
          number,
          count
              + " numbers, where the first line has "
              + (features.length + 1)
              + " (a label and "
              + features.length
              + " features)");
    }
    Words words = new Words(line, line.length());
    double label = place == LabelPlace.FIRST ? label(words, file, number) : 0;
    for (int i = 0; i < features.length; i++) {
      words.next();
      features[i] = TextNumbers.parse(words.text(), file, number, "feature " + i);
    }
    return place == LabelPlace.FIRST ? label : label(words, file, number);
  }

  private static double label(Words words, String file, long number) {
    words.next();
    return TextNumbers.parse(words.text(), file, number, "the label");
  }
}
