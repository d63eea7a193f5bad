package io.sparkae.data;

import io.sparkae.data.FeatureProvenance.ImageShape;
import java.util.List;

/**
 * An endless set of labelled pictures, drawn by rules: a row is a function of the seed and of its
 * index alone, so that it is the same wherever and whenever it is drawn. Not safe for use by
 * several threads at once.
 */
public interface GeneratedSet {
  /** {@return the name on the command line and in the table's provenance} */
  String name();

  /** {@return the shape of every picture} */
  ImageShape image();

  /** {@return what the labels mean: the name of label 0, 1, …} */
  List<String> labels();

  /**
   * Draws the picture of a row.
   *
   * @param row index of the row, any value
   * @param pixels all that the {@link #image shape} asks for, row-major with the channels last;
   *     filled with values in [0, 1], 0 being the background
   * @return the label, an index of {@link #labels}
   * @throws IllegalArgumentException if {@code pixels} has another length
   */
  int draw(long row, double[] pixels);
}
