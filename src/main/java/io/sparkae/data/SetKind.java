package io.sparkae.data;

import java.io.IOException;
import java.util.Optional;

/**
 * The kinds of {@link GeneratedSet}: those that are drawn by rules alone, and those of Larochelle
 * et al. 2007 that are made of digits or pictures.
 */
public enum SetKind {
  /** Outlines of rectangles. */
  RECT("rect", false, 0, new SetParts(1_000, 200, 50_000)),
  /** Convex and other regions. */
  CONVEX("convex", false, 0, new SetParts(6_000, 2_000, 50_000)),
  /** Digits as if written by hand; not from the paper. */
  DIGITS("digits", false, 0, null),
  /** MNIST's digits as they are. */
  BASIC("basic", true, 0, Sizes.PAPER),
  /** Digits turned by any angle. */
  ROT("rot", true, 0, Sizes.PAPER),
  /** Digits on noise. */
  BG_RAND("bg-rand", true, 0, Sizes.PAPER),
  /** Digits on patches of pictures. */
  BG_IMG("bg-img", true, 1, Sizes.PAPER),
  /** Turned digits on patches of pictures. */
  ROT_BG_IMG("rot-bg-img", true, 1, Sizes.PAPER),
  /** Rectangles cut out of pictures, on patches of others. */
  RECT_IMG("rect-img", false, RectangleImages.PATCHES, Sizes.PAPER);

  /** Parts that most sets of the paper have. */
  private static final class Sizes {
    static final SetParts PAPER = new SetParts(10_000, 2_000, 50_000);
  }

  private final String label;
  private final boolean ofDigits;
  private final int patchesPerRow;
  private final SetParts paper;

  SetKind(String label, boolean ofDigits, int patchesPerRow, SetParts paper) {
    this.label = label;
    this.ofDigits = ofDigits;
    this.patchesPerRow = patchesPerRow;
    this.paper = paper;
  }

  /** {@return the name on the command line and in a table's provenance} */
  public String label() {
    return label;
  }

  /** {@return whether the set is made of MNIST's digits, so that it has as many rows as these} */
  public boolean ofDigits() {
    return ofDigits;
  }

  /** {@return whether the set is made of a person's pictures} */
  public boolean ofPictures() {
    return patchesPerRow > 0;
  }

  /** {@return whether the set is drawn by rules alone, and so endless} */
  public boolean isDrawn() {
    return !ofDigits && !ofPictures();
  }

  /** {@return rows of the parts that the paper has; empty if the set is not from there} */
  public Optional<SetParts> paper() {
    return Optional.ofNullable(paper);
  }

  /**
   * Checks, from the headers of the files alone, that a set has all rows of a range.
   *
   * @param end the row after the last one
   * @throws IllegalArgumentException if it has fewer
   * @throws IdxFormatException if a file is malformed
   * @throws IOException if one cannot be read
   */
  void requireRows(SetFiles files, FileOpener opener, long end) throws IOException {
    if (ofDigits) {
      long rows = DigitRows.count(files.digits(), opener);
      if (end > rows) {
        throw new IllegalArgumentException(
            label + " has " + rows + " rows, as many as there are digits: not " + end);
      }
    }
  }

  /**
   * Opens the rows of a range: reads of the files what these rows need, at most some 2 KB for each.
   *
   * @param files what the set is made of
   * @param opener opens them
   * @param seed all that is drawn follows from it
   * @param first the first row
   * @param end the row after the last one
   * @return the set, which can draw these rows (and, if it {@link #isDrawn}, all others)
   * @throws IllegalArgumentException if the set has not all of them
   * @throws IdxFormatException if a file of digits is malformed
   * @throws LineFormatException if a picture cannot be decoded, or no patch cut from it
   * @throws IOException if a file cannot be read
   */
  public GeneratedSet open(SetFiles files, FileOpener opener, long seed, long first, long end)
      throws IOException {
    DigitRows digits = ofDigits ? DigitRows.read(files.digits(), opener, seed, first, end) : null;
    PicturePatches patches =
        ofPictures()
            ? PicturePatches.read(files.pictures(), opener, seed, first, end, patchesPerRow)
            : null;
    return switch (this) {
      case RECT -> new Rectangles(seed);
      case CONVEX -> new ConvexRegions(seed);
      case DIGITS -> new DrawnDigits(seed);
      case BASIC -> new DigitVariation(label, seed, digits, false, Background.NONE);
      case ROT -> new DigitVariation(label, seed, digits, true, Background.NONE);
      case BG_RAND -> new DigitVariation(label, seed, digits, false, new NoiseBackground(seed));
      case BG_IMG -> new DigitVariation(label, seed, digits, false, patches::background);
      case ROT_BG_IMG -> new DigitVariation(label, seed, digits, true, patches::background);
      case RECT_IMG -> new RectangleImages(seed, patches);
    };
  }
}
