package io.sparkae.jobs;

import java.util.List;

/** One command of {@code sparkae}: its options and its work. */
interface Command {
  /** The word on the command line. */
  String name();

  /** What the command does, one sentence. */
  String summary();

  /**
   * The options in the order of the help.
   *
   * @param args the arguments as given, for options that hang on the value of another
   * @throws UsageException if such a value is wrong
   */
  List<Option<?>> options(List<String> args);

  /**
   * Does the work.
   *
   * @throws UsageException if it cannot start as asked
   * @throws Exception if it fails
   */
  void run(Arguments arguments, Console console) throws Exception;
}
