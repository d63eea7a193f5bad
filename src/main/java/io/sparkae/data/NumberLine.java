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
    String text = line.strip();
    return text.isEmpty() ? 0 : text.split("\\s+").length;
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
    String[] words = line.strip().split("\\s+");
    if (words.length != features.length + 1) {
      throw new LineFormatException(
          file,
          number,
          words.length
              + " numbers, where the first line has "
              + (features.length + 1)
              + " (a label and "
              + features.length
              + " features)");
    }
    int first = place == LabelPlace.FIRST ? 1 : 0;
    for (int i = 0; i < features.length; i++) {
      features[i] = TextNumbers.parse(words[first + i], file, number, "feature " + i);
    }
    String label = words[place == LabelPlace.FIRST ? 0 : words.length - 1];
    return TextNumbers.parse(label, file, number, "the label");
  }
}
