package io.sparkae.ml;

import io.sparkae.core.train.RowProgram;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * A trained net with an encoder and a decoder.
 *
 * @param <M> the model itself
 */
abstract class CodingNetwork<M extends CodingNetwork<M>> extends DecodingNetwork<M>
    implements CodeModel {
  private static final long serialVersionUID = 1L;

  private transient RowProgram.Batch singleEncoder; // made when it is first used

  CodingNetwork(String uid, int inputs, float[] parameters, TrainingSummary summary) {
    super(uid, inputs, parameters, summary);
  }

  /** The encoder for one row at a time; its values begin with the code. */
  abstract RowProgram.Batch openEncoder();

  /** Encoder and decoder as a search for codes takes them. */
  abstract SearchedCoder coder();

  @Override
  public final synchronized Vector encode(Vector features) {
    if (singleEncoder == null) {
      singleEncoder = openEncoder();
    }
    run(singleEncoder.minibatch(), singleEncoder::run, features, numFeatures(), "features");
    return Vectors.dense(AutoencoderProgram.toDoubles(singleEncoder.values(), 0, getCodeSize()));
  }
}
