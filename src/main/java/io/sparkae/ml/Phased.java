package io.sparkae.ml;

import java.util.List;
import org.apache.spark.ml.param.Param;

/** A stage that trains other things before the whole, by optimizers of their own. */
interface Phased {
  /** The Params that those trainings share with the whole's, and heed whatever its optimizer. */
  List<Param<?>> heededBefore();
}
