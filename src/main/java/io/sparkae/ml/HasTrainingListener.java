package io.sparkae.ml;

import io.sparkae.core.train.TrainingListener;

/** An estimator that tells how its training goes. */
public interface HasTrainingListener {
  /** Who hears it from now on; not saved. */
  HasTrainingListener setTrainingListener(TrainingListener listener);
}
