package io.sparkae.core.random;

import java.io.Serializable;

/**
 * Random numbers keyed by (seed, site, epoch, row, draw) and by nothing else: a row's noise is the
 * same wherever, whenever and however often it is computed.
 *
 * <p>A site is a place of use: corruption, dropout, initial weights, a Gibbs step. Not safe for use
 * by several threads at once; streams of equal seed are equal.
 */
public final class RandomStreams implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Places of use that belong to the trainer; objectives number theirs from {@link #FIRST_FREE}.
   */
  public static final int INITIAL_WEIGHTS = 0;

  /** The order of the rows within an epoch. */
  public static final int ROW_ORDER = 1;

  /** The first site that an objective may use. */
  public static final int FIRST_FREE = 16;

  private final long seed;
  private transient int[] block;
  private transient BoxMuller normals;

  /**
   * Streams of the given seed.
   *
   * @param seed what all random numbers are keyed by
   */
  public RandomStreams(long seed) {
    this.seed = seed;
  }

  /** {@return the seed} */
  public long seed() {
    return seed;
  }

  /**
   * Fills {@code out} with uniform numbers in [0, 1): draws 0, 1, 2… of a row.
   *
   * @param site place of use: the same row and epoch have other numbers at another site
   * @param epoch epoch, from 0
   * @param row index of the row within the data set
   * @param out takes the numbers
   * @param offset index of the first number in {@code out}
   * @param length draws
   */
  public void uniform(int site, long epoch, long row, float[] out, int offset, int length) {
    for (int i = 0; i < length; i += 4) {
      words(site, epoch, row, i / 4);
      for (int j = 0; j < 4 && i + j < length; j++) {
        out[offset + i + j] = (block[j] >>> 8) * 0x1p-24f;
      }
    }
  }

  /**
   * Draw number {@code draw} of {@link #uniform}, alone.
   *
   * @param site place of use: the same row and epoch have other numbers at another site
   * @param epoch epoch, from 0
   * @param row index of the row within the data set
   * @param draw number of the draw, from 0
   * @return a uniform number in [0, 1)
   */
  public float uniformAt(int site, long epoch, long row, int draw) {
    words(site, epoch, row, draw / 4);
    return (block[draw % 4] >>> 8) * 0x1p-24f;
  }

  /**
   * Fills {@code out} with standard normal numbers (Box and Muller 1958): draws 0, 1, 2… of a row.
   *
   * @param site place of use: the same row and epoch have other numbers at another site
   * @param epoch epoch, from 0
   * @param row index of the row within the data set
   * @param out takes the numbers
   * @param offset index of the first number in {@code out}
   * @param length draws
   */
  public void normal(int site, long epoch, long row, float[] out, int offset, int length) {
    if (normals == null) {
      normals = new BoxMuller();
    }
    for (int start = 0; start < length; start += 2 * BoxMuller.PAIRS) {
      int numbers = Math.min(2 * BoxMuller.PAIRS, length - start);
      int pairs = (numbers + 1) / 2;
      for (int pair = 0; pair < pairs; pair += 2) {
        words(site, epoch, row, (start + 2 * pair) / 4);
        normals.set(pair, block[0], block[1]);
        normals.set(pair + 1, block[2], block[3]);
      }
      normals.compute(pairs);
      for (int i = 0; i < numbers; i++) {
        out[offset + start + i] = i % 2 == 0 ? normals.first(i / 2) : normals.second(i / 2);
      }
    }
  }

  /**
   * {@return one random word of 64 bits}
   *
   * @param site place of use: the same row and epoch have other numbers at another site
   * @param epoch epoch, from 0
   * @param row index of the row within the data set
   */
  public long word(int site, long epoch, long row) {
    words(site, epoch, row, 0);
    return (block[0] & 0xFFFFFFFFL) | ((long) block[1] << 32);
  }

  private void words(int site, long epoch, long row, int draw) {
    if (block == null) {
      block = new int[4];
    }
    block[0] = draw;
    block[1] = (int) epoch;
    block[2] = (int) row;
    block[3] = (int) (row >>> 32);
    // The site enters the key: an odd multiple of it keeps keys of one seed apart.
    long key = seed + site * 0x9E3779B97F4A7C15L;
    Philox.apply(block, (int) key, (int) (key >>> 32));
  }

  /**
   * {@return a whole number from 0 to {@code bound} − 1, equally likely each}
   *
   * @param bound at least 1
   * @param draw uniform in [0, 1)
   */
  public static int below(int bound, float draw) {
    return (int) ((double) draw * bound);
  }
}
