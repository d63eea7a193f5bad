package io.sparkae.ml;

import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import java.util.Optional;

/** What every trained model of this library has. */
public interface TrainedModel {
  /** {@return features of a row} */
  int numFeatures();

  /** {@return its layers in a few words, such as {@code 784-500-30 and back}} */
  String architecture();

  /** {@return the slices of {@link #parameters()}, the weights of the first layer at first} */
  ParameterLayout layout();

  /** {@return the weights that read rows, features × units} */
  default ParameterSlice firstWeights() {
    return layout().slices().get(0);
  }

  /** {@return a copy of the flat parameter vector} */
  float[] parameters();

  /** {@return how the training went; empty for a model that was saved without it} */
  Optional<TrainingSummary> summary();
}
