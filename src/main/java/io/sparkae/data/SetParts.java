package io.sparkae.data;

import io.sparkae.core.Check;

/**
 * How many rows of a set are for training, for validation and for testing: consecutive rows of it,
 * in this order.
 *
 * @param train rows to train on, at least 1
 * @param validation rows to choose by, at least 1
 * @param test rows to measure on, at least 1
 */
public record SetParts(long train, long validation, long test) {
  /**
   * Checks the numbers.
   *
   * @param train at least 1
   * @param validation at least 1
   * @param test at least 1
   */
  public SetParts {
    Check.that(train >= 1, "train", "at least 1 row", train);
    Check.that(validation >= 1, "validation", "at least 1 row", validation);
    Check.that(test >= 1, "test", "at least 1 row", test);
  }

  @Override
  public String toString() {
    return train + "," + validation + "," + test;
  }
}
