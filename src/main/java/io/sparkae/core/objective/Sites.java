package io.sparkae.core.objective;

import io.sparkae.core.random.RandomStreams;

/** Where models with sampled nodes draw; noise of dense layers and Gibbs chains count their own. */
final class Sites {
  private static final int FIRST = RandomStreams.FIRST_FREE + 4000;

  /** Zeros and ones in place of features. */
  static final int BINARIZATION = FIRST;

  /** Samples of the posterior over codes. */
  static final int POSTERIOR = FIRST + 1;

  /** Samples of the prior over codes. */
  static final int PRIOR = FIRST + 2;

  /** Which part of a prior a sample is of. */
  static final int PRIOR_COMPONENT = FIRST + 3;

  /** Units of a discriminator: as it judges for another player, rows of the data, and others. */
  static final int JUDGE_DROPOUT = FIRST + 100;

  static final int REAL_DROPOUT = FIRST + 200;

  static final int FAKE_DROPOUT = FIRST + 300;

  /** Where searches for codes begin. */
  static final int SEARCH = FIRST + 4;

  /** Features that are made missing. */
  static final int MISSING = FIRST + 5;

  private Sites() {}
}
