package io.sparkae.ml;

import io.sparkae.core.graph.ParameterLayout;
import java.util.Optional;

/** What every trained model of this library has. */
public interface TrainedModel {
  /** {@return features of a row} */
  int numFeatures();

  /** {@return the slices of {@link #parameters()}} */
  ParameterLayout layout();

  /** {@return a copy of the flat parameter vector} */
  float[] parameters();

  /** {@return how the training went; empty for a model that was saved without it} */
  Optional<TrainingSummary> summary();
}
