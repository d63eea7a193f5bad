package io.sparkae.core.random;

/**
 * A keyed permutation of {0, …, n − 1}, computed element by element: where a row stands in an epoch
 * depends on (seed, epoch, row index) alone, and no table of the rows is needed.
 *
 * <p>A balanced Feistel network over the next even power of two, walked until it lands below n
 * (Black and Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002, method 3).
 */
public final class RowPermutation {
  private static final int ROUNDS = 6;

  private final long size;
  private final int halfBits;
  private final long halfMask;
  private final long[] keys = new long[ROUNDS];

  /**
   * The permutation of one epoch.
   *
   * @param seed keys the permutation
   * @param epoch keys it too, so that each epoch has an order of its own
   * @param size n, at most 2⁶²
   */
  public RowPermutation(long seed, long epoch, long size) {
    if (size < 0 || size > 1L << 62) {
      throw new IllegalArgumentException("a permutation's size must be in [0, 2^62], not " + size);
    }
    this.size = size;
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(size - 1, 1));
    this.halfBits = (bits + 1) / 2;
    this.halfMask = (1L << halfBits) - 1;
    RandomStreams streams = new RandomStreams(seed);
    for (int round = 0; round < ROUNDS; round++) {
      keys[round] = streams.word(RandomStreams.ROW_ORDER, epoch, round);
    }
  }

  /**
   * {@return the position of a row within the epoch}
   *
   * @param row in [0, n)
   */
  public long position(long row) {
    long x = row;
    do {
      x = encrypt(x);
    } while (x >= size);
    return x;
  }

  /**
   * {@return the row at a position: the inverse of {@link #position(long)}}
   *
   * @param position in [0, n)
   */
  public long row(long position) {
    long x = position;
    do {
      x = decrypt(x);
    } while (x >= size);
    return x;
  }

  private long decrypt(long x) {
    long left = x >>> halfBits;
    long right = x & halfMask;
    for (int round = ROUNDS - 1; round >= 0; round--) {
      long previous = right ^ (mix(left ^ keys[round]) & halfMask);
      right = left;
      left = previous;
    }
    return left << halfBits | right;
  }

  private long encrypt(long x) {
    long left = x >>> halfBits;
    long right = x & halfMask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ (mix(right ^ keys[round]) & halfMask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }

  /** The finaliser of MurmurHash3 (Appleby 2011). */
  private static long mix(long z) {
    long x = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    x = (x ^ (x >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return x ^ (x >>> 33);
  }
}
