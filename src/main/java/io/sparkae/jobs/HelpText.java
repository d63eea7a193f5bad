package io.sparkae.jobs;

import java.util.stream.Collectors;

/** Breaks the lines of scopt's help so that descriptions stay in their column. */
final class HelpText {
  /** Characters of a line at most. */
  static final int WIDTH = 100;

  private HelpText() {}

  /**
   * Breaks the lines that are too long.
   *
   * @param usage the help, one option a line
   * @param lastDescription the description of some option, which tells the column
   */
  static String wrap(String usage, String lastDescription) {
    int column =
        usage
            .lines()
            .filter(line -> line.endsWith(lastDescription))
            .mapToInt(line -> line.length() - lastDescription.length())
            .findFirst()
            .orElse(0);
    return usage.lines().map(line -> wrapLine(line, column)).collect(Collectors.joining("\n"));
  }

  private static String wrapLine(String line, int column) {
    StringBuilder wrapped = new StringBuilder();
    String rest = line;
    while (rest.length() > WIDTH) {
      int space = rest.lastIndexOf(' ', WIDTH);
      if (space <= column) {
        break;
      }
      wrapped.append(rest, 0, space).append('\n');
      rest = " ".repeat(column) + rest.substring(space + 1);
    }
    return wrapped.append(rest).toString();
  }
}
