package io.sparkae.ml;

import io.sparkae.core.train.TrainingListener;

/** An estimator that tells how its training goes. */
public interface HasTrainingListener {
  /**
   * Sets who hears of the training from now on; not saved.
   *
   * @param listener who hears of it
   * @return this
   */
  HasTrainingListener setTrainingListener(TrainingListener listener);
}
