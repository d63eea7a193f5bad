package io.sparkae.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import scala.Option;

/** The Params of one stage: made once its uid is known, before anything asks for them. */
record Holders(
    ColumnParams.Holder columns,
    NetworkParams.Holder network,
    TrainingParams.Holder training,
    FullBatchParams.Holder fullBatch,
    ValidationParams.Holder validation)
    implements Serializable {
  Holders(Params stage) {
    this(
        new ColumnParams.Holder(stage),
        new NetworkParams.Holder(stage),
        new TrainingParams.Holder(stage),
        new FullBatchParams.Holder(stage),
        new ValidationParams.Holder(stage));
  }

  void setDefaults(Params stage) {
    columns.setDefaults(stage);
    network.setDefaults(stage);
    training.setDefaults(stage);
    fullBatch.setDefaults(stage);
    validation.setDefaults(stage);
  }

  /** Spark's explanation of a Param, with its values readable where they are arrays. */
  static String explain(Params stage, Param<?> param, String explanation) {
    String readable = explanation;
    for (Option<?> value : List.of(stage.get(param), stage.getDefault(param))) {
      if (value.isDefined() && value.get() instanceof int[] widths) {
        readable = readable.replace(value.get().toString(), Arrays.toString(widths));
      }
    }
    return readable;
  }
}
