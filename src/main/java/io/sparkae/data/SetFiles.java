package io.sparkae.data;

import java.io.Serializable;
import java.util.List;

/**
 * The files that some sets are made of.
 *
 * @param digits pictures of digits with their labels, one after the other; may be empty
 * @param pictures image files that patches are cut from; may be empty
 */
public record SetFiles(List<LabelledIdx> digits, List<String> pictures) implements Serializable {
  /** No files, for sets that are drawn by rules alone. */
  public static final SetFiles NONE = new SetFiles(List.of(), List.of());

  /**
   * Copies the lists.
   *
   * @param digits may be empty
   * @param pictures may be empty
   */
  public SetFiles {
    digits = List.copyOf(digits);
    pictures = List.copyOf(pictures);
  }

  /**
   * Two IDX files of the same rows, gzip or not.
   *
   * @param images file of the pictures
   * @param labels file of the labels
   */
  public record LabelledIdx(String images, String labels) implements Serializable {}
}
