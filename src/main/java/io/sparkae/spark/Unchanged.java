package io.sparkae.spark;

import java.util.Iterator;
import java.util.function.ToLongFunction;

/**
 * The blocks of a partition or of a replica, as long as they are those that were counted: rows that
 * other ones stand for now would be taken twice, or not at all.
 *
 * @param <T> a block
 */
final class Unchanged<T> implements Iterator<T> {
  private final Iterator<T> blocks;
  private final ToLongFunction<T> checksum;
  private final long[] expected;
  private final String part;
  private int place;

  /**
   * Checks them while they are read.
   *
   * @param checksum of a block
   * @param expected checksums of all blocks, in order
   * @param part whose they are, in the words of the failure
   */
  Unchanged(Iterator<T> blocks, ToLongFunction<T> checksum, long[] expected, String part) {
    this.blocks = blocks;
    this.checksum = checksum;
    this.expected = expected;
    this.part = part;
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.sparkae.core.train.TrainingException if there are fewer than there were
   */
  @Override
  public boolean hasNext() {
    boolean more = blocks.hasNext();
    if (!more && place != expected.length) {
      throw Shards.changed(part);
    }
    return more;
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.sparkae.core.train.TrainingException if it is another one, or one too many
   */
  @Override
  public T next() {
    T next = blocks.next();
    if (place >= expected.length || checksum.applyAsLong(next) != expected[place]) {
      throw Shards.changed(part);
    }
    place++;
    return next;
  }
}
