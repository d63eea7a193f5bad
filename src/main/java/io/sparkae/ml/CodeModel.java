package io.sparkae.ml;

import org.apache.spark.ml.linalg.Vector;

/** A trained model that makes codes of rows, and rows of codes. */
public interface CodeModel extends DecodingModel {
  /**
   * {@return the code of one row}
   *
   * @param features one row, as wide as those of the training
   * @throws IllegalArgumentException if the row has another width
   */
  Vector encode(Vector features);
}
