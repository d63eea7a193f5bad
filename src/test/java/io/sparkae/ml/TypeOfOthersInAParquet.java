package io.sparkae.ml;

/**
 * A class that leaves a mark in the system's properties when it is loaded or made. Its name is as
 * long as that of the type of vectors, whose place {@link ForeignParquet} gives it.
 */
public final class TypeOfOthersInAParquet {
  public static final String NAME = "io.sparkae.ml.TypeOfOthersInAParquet";
  public static final String MARK = "sparkae.test.typeOfOthers";

  static {
    System.setProperty(MARK, "loaded");
  }

  public TypeOfOthersInAParquet() {
    System.setProperty(MARK, "made");
  }

  /** What an expression calls. */
  public static String call() {
    System.setProperty(MARK, "called");
    return "";
  }
}
