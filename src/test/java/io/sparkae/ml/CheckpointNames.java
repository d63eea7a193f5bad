package io.sparkae.ml;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Params;

/** The Params of checkpoints, which estimators have and their models have not. */
final class CheckpointNames {
  private CheckpointNames() {}

  /** The names of a stage's Params, in their order, given those that estimator and model share. */
  static String[] with(Params stage, String... shared) {
    return stage instanceof CheckpointParams
        ? Stream.concat(Arrays.stream(shared), CheckpointParams.NAMES.stream())
            .sorted()
            .toArray(String[]::new)
        : shared;
  }

  /** The explanations of all other Params. */
  static String explainedWithout(Params stage) {
    return stage
        .explainParams()
        .lines()
        .filter(line -> !CheckpointParams.NAMES.contains(line.replaceFirst(":.*", "")))
        .collect(Collectors.joining("\n"));
  }
}
