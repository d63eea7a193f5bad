package io.sparkae.ml;

import io.sparkae.core.graph.ParameterLayout;
import java.util.Optional;

/** What every trained model of this library has. */
public interface TrainedModel {
  /** Features of a row. */
  int numFeatures();

  /** The slices of {@link #parameters()}. */
  ParameterLayout layout();

  /** A copy of the flat parameter vector. */
  float[] parameters();

  /** How the training went; empty for a model that was saved without it. */
  Optional<TrainingSummary> summary();
}
