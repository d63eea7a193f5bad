package io.sparkae.core.objective;

import io.sparkae.core.random.RandomStreams;
import java.io.Serializable;

/** The distribution that codes are to have. */
public interface Prior extends Serializable {
  /** No class is known of a row. */
  int UNKNOWN = -1;

  /**
   * Checks the size of codes.
   *
   * @param codeSize numbers of a code
   * @throws IllegalArgumentException if the distribution is not of codes of that size
   */
  void requireSize(int codeSize);

  /**
   * Draws a code.
   *
   * @param random streams of a seed
   * @param epoch a row's draw is another one in each
   * @param row index of the row: the same epoch and row, the same code
   * @param label class of the row, from 0, or {@link #UNKNOWN}: where the distribution has parts, a
   *     code of the class's part
   * @param classes how many there are; 0 if rows have none
   * @param codes takes the code
   * @param at where
   * @param width numbers of the code
   */
  void draw(
      RandomStreams random,
      long epoch,
      long row,
      int label,
      int classes,
      float[] codes,
      int at,
      int width);
}
