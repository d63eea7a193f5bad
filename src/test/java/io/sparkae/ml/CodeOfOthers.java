package io.sparkae.ml;

import org.apache.spark.ml.util.MLReader;

/**
 * A class that leaves a mark in the system's properties when it is loaded, made or read. It cannot
 * be named by its literal without loading it: {@link #NAME} is a constant of the compiler.
 */
public final class CodeOfOthers {
  public static final String NAME = "io.sparkae.ml.CodeOfOthers";
  public static final String MARK = "sparkae.test.codeOfOthers";

  static {
    System.setProperty(MARK, "loaded");
  }

  public CodeOfOthers(String uid) {
    System.setProperty(MARK, "made " + uid);
  }

  public static MLReader<Autoencoder> read() {
    System.setProperty(MARK, "read");
    return Autoencoder.read();
  }
}
