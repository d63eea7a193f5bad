package io.sparkae.ml;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A trained model that makes rows of codes. */
public interface DecodingModel extends TrainedModel {
  /** {@return width of the code} */
  int getCodeSize();

  /**
   * {@return the row that a code leads to}
   *
   * @param code one code
   * @throws IllegalArgumentException if the code has another width
   */
  Vector decode(Vector code);

  /**
   * {@return the dataset with the rows that codes lead to, as a column of vectors at its end}
   *
   * @param codes has a column of codes
   * @param codeCol its name
   * @param outputCol name of the new column
   * @throws IllegalArgumentException if there is no such column of vectors or arrays, or {@code
   *     outputCol} is there already
   */
  Dataset<Row> decode(Dataset<?> codes, String codeCol, String outputCol);
}
