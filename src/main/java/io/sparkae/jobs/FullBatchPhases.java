package io.sparkae.jobs;

import io.sparkae.core.Check;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.ml.TrainingSummary;
import org.apache.spark.ml.param.Params;

/** Which trainings of a model went by iterations on all rows, by the Params that were set. */
final class FullBatchPhases {
  private FullBatchPhases() {}

  /**
   * Whether the last one did, which of layers that were not tuned as a whole is that of a layer.
   */
  static boolean isLast(TrainingSummary summary) {
    return isUntuned(summary) ? areLayers(summary) : isFullBatch(summary, "optimizer");
  }

  /** Whether those of the layers did. */
  static boolean areLayers(TrainingSummary summary) {
    return isFullBatch(summary, "layerOptimizer");
  }

  /** Iterations of the whole at most; null if nobody set them and the model knows no default. */
  static String mostIterations(Params model, TrainingSummary summary) {
    String param = "maxIter";
    if (isUntuned(summary)) {
      return null;
    }
    return model.hasParam(param)
        ? String.valueOf(model.getOrDefault(model.getParam(param)))
        : summary.settings().get(param);
  }

  private static boolean isUntuned(TrainingSummary summary) {
    return "false".equals(summary.settings().get("fineTune"));
  }

  private static boolean isFullBatch(TrainingSummary summary, String param) {
    String rule = summary.settings().get(param);
    return rule != null && Check.choice(OptimizerSettings.Kind.class, param, rule).isFullBatch();
  }
}
