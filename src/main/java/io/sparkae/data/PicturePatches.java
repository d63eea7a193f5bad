package io.sparkae.data;

import io.sparkae.core.Check;
import io.sparkae.core.random.RandomStreams;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Square patches cut from grey pictures, one or several for each row of a range: the picture is any
 * with equal chance, and so is the place in it, but places where the patch has little texture are
 * passed over. Pictures are decoded one after the other, and only those that rows of the range
 * need; of the rest only the patches are kept, a byte for each pixel.
 */
final class PicturePatches {
  /** Pixels along each side of a patch. */
  static final int SIDE = DigitRows.SIDE;

  /** Pixels of a patch. */
  static final int PIXELS = SIDE * SIDE;

  /** Least standard deviation of a patch's grey levels, of 255. */
  static final double LEAST_DEVIATION = 10;

  /** Places that are tried in a picture before it is given up. */
  static final int MOST_TRIES = 1000;

  /** A site that nothing else uses. */
  private static final int SITE = -6;

  private final RandomStreams streams;
  private final float[] draws = new float[2];
  private final long first;
  private final int perRow;
  private final byte[] patches;

  private PicturePatches(long seed, long first, int perRow, int count) {
    this.streams = new RandomStreams(seed);
    this.first = first;
    this.perRow = perRow;
    this.patches = new byte[Math.multiplyExact(count, PIXELS)];
  }

  /**
   * Cuts the patches of a range of rows.
   *
   * @param pictures image files, at least one; patches depend on their number and order
   * @param perRow patches of each row
   * @param end the row after the last one
   * @throws LineFormatException if a picture that is needed cannot be decoded, is smaller than a
   *     patch or has no texture
   * @throws IOException if one cannot be read
   */
  static PicturePatches read(
      List<String> pictures, FileOpener opener, long seed, long first, long end, int perRow)
      throws IOException {
    Check.that(!pictures.isEmpty(), "pictures", "at least one", 0);
    int count = Math.multiplyExact(Math.toIntExact(end - first), perRow);
    PicturePatches result = new PicturePatches(seed, first, perRow, count);
    int[] choices = new int[count];
    for (int i = 0; i < count; i++) {
      choices[i] = result.choice(i, pictures.size());
    }
    for (int picture = 0; picture < pictures.size(); picture++) {
      result.cutAll(pictures.get(picture), opener, picture, choices);
    }
    return result;
  }

  /** The picture of a patch. */
  private int choice(int patch, int pictures) {
    draw(patch, 0);
    return RandomStreams.below(pictures, draws[0]);
  }

  /** Cuts the patches that a picture is chosen for; it is not opened if there are none. */
  private void cutAll(String file, FileOpener opener, int picture, int[] choices)
      throws IOException {
    ImagePixels pixels = null;
    for (int patch = 0; patch < choices.length; patch++) {
      if (choices[patch] == picture) {
        pixels = pixels == null ? decode(file, opener) : pixels;
        cut(pixels, patch, file);
      }
    }
  }

  private static ImagePixels decode(String file, FileOpener opener) throws IOException {
    try (InputStream in = opener.open(file)) {
      ImagePixels pixels = ImagePixels.decode(in, false, file);
      if (pixels.height() < SIDE || pixels.width() < SIDE) {
        throw new LineFormatException(
            file,
            String.format(
                "is %d x %d pixels, smaller than a patch of %d x %d: take it out of the folder",
                pixels.width(), pixels.height(), SIDE, SIDE));
      }
      return pixels;
    }
  }

  private void cut(ImagePixels picture, int patch, String file) {
    for (int attempt = 1; attempt <= MOST_TRIES; attempt++) {
      draw(patch, attempt);
      int left = RandomStreams.below(picture.width() - SIDE + 1, draws[0]);
      int top = RandomStreams.below(picture.height() - SIDE + 1, draws[1]);
      copy(picture, left, top, patch);
      if (deviation(patch) >= LEAST_DEVIATION) {
        return;
      }
    }
    throw new LineFormatException(
        file,
        String.format(
            "has too little texture (a standard deviation of less than %.0f grey levels at %d"
                + " places): take it out of the folder",
            LEAST_DEVIATION, MOST_TRIES));
  }

  private void copy(ImagePixels picture, int left, int top, int patch) {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double level = picture.values()[(top + y) * picture.width() + left + x];
        patches[patch * PIXELS + y * SIDE + x] = (byte) (int) (level + 0.5);
      }
    }
  }

  /** Standard deviation of the pixels of a patch. */
  private double deviation(int patch) {
    long sum = 0;
    long squares = 0;
    for (int i = patch * PIXELS; i < (patch + 1) * PIXELS; i++) {
      int level = patches[i] & 0xff;
      sum += level;
      squares += (long) level * level;
    }
    double mean = (double) sum / PIXELS;
    return Math.sqrt(Math.max(0, (double) squares / PIXELS - mean * mean));
  }

  private void draw(int patch, int attempt) {
    long row = first + patch / perRow;
    long epoch = (long) attempt * perRow + patch % perRow;
    streams.uniform(SITE, epoch, row, draws, 0, draws.length);
  }

  /**
   * Gives a patch of a row of the range.
   *
   * @param which of the row's patches, from 0
   * @param target filled with {@link #PIXELS} values in [0, 1], grey levels divided by 255
   */
  void copy(long row, int which, double[] target) {
    int patch = Math.toIntExact(row - first) * perRow + which;
    for (int i = 0; i < PIXELS; i++) {
      target[i] = (patches[patch * PIXELS + i] & 0xff) / IdxSource.LARGEST_BYTE;
    }
  }

  /** Gives the first patch of a row, as {@link #copy} does. */
  void background(long row, double[] target) {
    copy(row, 0, target);
  }
}
