package io.sparkae.ml;

import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.FixedDecoder;
import io.sparkae.core.train.RowProgram;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.StructType;

/**
 * A trained net with the encoder and the decoder of an autoencoder.
 *
 * @param <M> the model itself
 */
abstract class AutoencoderNetworkModel<M extends AutoencoderNetworkModel<M>>
    extends CodingNetwork<M> implements AutoencoderParams {
  private static final long serialVersionUID = 1L;

  AutoencoderNetworkModel(String uid, int inputs, float[] parameters, TrainingSummary summary) {
    super(uid, inputs, parameters, summary);
  }

  @Override
  public String architecture() {
    IntStream encoder =
        IntStream.concat(
            IntStream.of(numFeatures()),
            IntStream.concat(Arrays.stream(getHiddenLayers()), IntStream.of(getCodeSize())));
    return encoder.mapToObj(String::valueOf).collect(Collectors.joining("-")) + " and back";
  }

  @Override
  public int getCodeSize() {
    return AutoencoderParams.super.getCodeSize();
  }

  /** The layers of encoder and decoder. */
  abstract AutoencoderNetwork network();

  @Override
  StructType outputs(StructType schema) {
    return OutputSchema.of(this, schema, getCodeSize());
  }

  @Override
  List<Param<String>> outputParams() {
    return List.of(outputCol(), reconstructionCol(), errorCol());
  }

  @Override
  AutoencoderProgram program() {
    return new AutoencoderProgram(
        network(), getOutputCol() != null, getReconstructionCol() != null, getErrorCol() != null);
  }

  @Override
  RowProgram.Batch openEncoder() {
    return new EncoderProgram(network(), false, weights()).open(1);
  }

  @Override
  SearchedCoder coder() {
    AutoencoderNetwork network = network();
    return new SearchedCoder(
        parameters -> new EncoderProgram(network.ofSums(), false, parameters),
        FixedDecoder.of(network),
        false);
  }

  @Override
  DecoderProgram.Network decoder() {
    AutoencoderNetwork network = network();
    return parameters -> new AutoencoderDecoder(network, parameters);
  }
}
