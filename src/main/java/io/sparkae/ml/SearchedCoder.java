package io.sparkae.ml;

import io.sparkae.core.objective.FixedDecoder;
import io.sparkae.core.train.RowProgram;
import java.io.Serializable;

/**
 * Encoder and decoder of a trained net as a search for codes takes them, without its parameters.
 *
 * @param encoder whose values begin with the sums that the units of the code take
 * @param decoder the decoder
 * @param normalCodes whether codes are like N(0, I); if not, what they are like has to be seen
 */
record SearchedCoder(Encoder encoder, FixedDecoder decoder, boolean normalCodes)
    implements Serializable {
  /** An encoder without its parameters. */
  @FunctionalInterface
  interface Encoder extends Serializable {
    RowProgram with(float[] parameters);
  }
}
