package io.sparkae.ml;

import org.apache.spark.ml.param.Params;

/** The Params of one stage: made once its uid is known, before anything asks for them. */
record Holders(
    ColumnParams.Holder columns, NetworkParams.Holder network, TrainingParams.Holder training) {
  Holders(Params stage) {
    this(
        new ColumnParams.Holder(stage),
        new NetworkParams.Holder(stage),
        new TrainingParams.Holder(stage));
  }

  void setDefaults(Params stage) {
    columns.setDefaults(stage);
    network.setDefaults(stage);
    training.setDefaults(stage);
  }
}
