package io.sparkae.jobs;

import io.sparkae.data.LocalSpark;
import java.nio.file.Path;
import java.util.List;

/** The numbers of a saved model. */
final class SavedWeights {
  private SavedWeights() {}

  /** The rows of its table of weights, with which others are equal if all their bits are. */
  static List<String> of(Path model) {
    return of(model.toString());
  }

  /** The same on any file system. */
  static List<String> of(String model) {
    return LocalSpark.session().read().parquet(model + "/weights").toJSON().collectAsList();
  }
}
