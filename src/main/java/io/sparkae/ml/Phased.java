package io.sparkae.ml;

import java.util.List;
import org.apache.spark.ml.param.Param;

/** A stage that trains other things before the whole, by optimizers of their own. */
interface Phased {
  /** The Params of minibatch training that those trainings heed, whatever the whole's optimizer. */
  List<Param<?>> heededBefore();
}
