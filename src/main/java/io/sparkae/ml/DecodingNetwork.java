package io.sparkae.ml;

import io.sparkae.core.train.RowProgram;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A trained net with a decoder.
 *
 * @param <M> the model itself
 */
abstract class DecodingNetwork<M extends DecodingNetwork<M>> extends TrainedNetwork<M>
    implements DecodingModel {
  private static final long serialVersionUID = 1L;

  private transient RowProgram.Batch singleDecoder; // made when it is first used

  DecodingNetwork(String uid, int inputs, float[] parameters, TrainingSummary summary) {
    super(uid, inputs, parameters, summary);
  }

  /** The decoder. */
  abstract DecoderProgram.Network decoder();

  @Override
  public final synchronized Vector decode(Vector code) {
    if (singleDecoder == null) {
      singleDecoder = decoder().decoder(weights()).open(1);
    }
    run(singleDecoder.minibatch(), singleDecoder::run, code, getCodeSize(), "code");
    return Vectors.dense(AutoencoderProgram.toDoubles(singleDecoder.values(), 0, numFeatures()));
  }

  @Override
  public final Dataset<Row> decode(Dataset<?> codes, String codeCol, String outputCol) {
    return DecoderProgram.append(codes, codeCol, outputCol, getCodeSize(), decoder(), weights());
  }
}
