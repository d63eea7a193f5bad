package io.sparkae.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** What every setter does. */
final class Setting {
  private Setting() {}

  /** Sets a Param of a stage and gives the stage back, as the type that it is. */
  @SuppressWarnings("unchecked")
  static <S> S apply(Params stage, Param<?> param, Object value) {
    stage.set(param.name(), value);
    return (S) stage;
  }
}
