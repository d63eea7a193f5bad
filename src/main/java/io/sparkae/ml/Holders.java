package io.sparkae.ml;

import io.sparkae.core.train.TrainingSettings;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import scala.Option;

/**
 * The Params of one autoencoder stage: made once its uid is known, before anything asks for them.
 */
public final class Holders implements Serializable {
  private static final long serialVersionUID = 1L;

  final InputParams.Holder input;
  final ColumnParams.Holder columns;
  final NetworkParams.Holder network;
  final PenaltyParams.Holder penalties;
  final NoiseParams.Holder noise;
  final KSparsityParams.Holder kSparsity;
  final TrainingParams.Holder training;
  final FullBatchParams.Holder fullBatch;
  final ValidationParams.Holder validation;

  Holders(Params stage) {
    input = new InputParams.Holder(stage);
    columns = new ColumnParams.Holder(stage);
    network = new NetworkParams.Holder(stage);
    penalties = new PenaltyParams.Holder(stage);
    noise = new NoiseParams.Holder(stage);
    kSparsity = new KSparsityParams.Holder(stage);
    training = new TrainingParams.Holder(stage);
    fullBatch = new FullBatchParams.Holder(stage);
    validation = new ValidationParams.Holder(stage);
  }

  void setDefaults(Params stage) {
    input.setDefaults(stage);
    network.setDefaults(stage);
    penalties.setDefaults(stage);
    noise.setDefaults(stage);
    kSparsity.setDefaults(stage);
    training.setDefaults(stage, TrainingSettings.DEFAULT);
    fullBatch.setDefaults(stage);
    validation.setDefaults(stage);
  }

  /** Spark's explanation of a Param, with its values readable where they are arrays. */
  static String explain(Params stage, Param<?> param, String explanation) {
    String readable = explanation;
    for (Option<?> value : List.of(stage.get(param), stage.getDefault(param))) {
      if (value.isDefined() && value.get() instanceof int[] widths) {
        readable = readable.replace(value.get().toString(), Arrays.toString(widths));
      } else if (value.isDefined() && value.get() instanceof String[] names) {
        readable = readable.replace(value.get().toString(), Arrays.toString(names));
      } else if (value.isDefined() && value.get() instanceof double[] numbers) {
        readable = readable.replace(value.get().toString(), Arrays.toString(numbers));
      }
    }
    return readable;
  }
}
