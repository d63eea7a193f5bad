package io.sparkae.ml;

import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;

/**
 * What every trained model of this library has: the width of its rows, a flat vector of parameters
 * and the summary of its training. Its Params are made by subclasses, once the uid is known.
 *
 * @param <M> the model itself
 */
abstract class TrainedNetwork<M extends TrainedNetwork<M>> extends Model<M>
    implements TrainedModel, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final int inputs;
  private final float[] parameters;
  private final transient TrainingSummary summary;

  /**
   * @param inputs features of a row
   * @param parameters the flat vector; kept, not copied
   * @param summary null if there is none
   */
  TrainedNetwork(String uid, int inputs, float[] parameters, TrainingSummary summary) {
    this.uid = uid;
    this.inputs = inputs;
    this.parameters = parameters;
    this.summary = summary;
  }

  @Override
  public final String uid() {
    return uid;
  }

  @Override
  public String explainParam(Param<?> param) {
    return Holders.explain(this, param, super.explainParam(param));
  }

  @Override
  public final int numFeatures() {
    return inputs;
  }

  @Override
  public final float[] parameters() {
    return parameters.clone();
  }

  /** The flat vector itself. */
  final float[] weights() {
    return parameters;
  }

  @Override
  public final Optional<TrainingSummary> summary() {
    return Optional.ofNullable(summary);
  }

  /** How a subclass makes a model of its kind. */
  abstract TrainedModelReader.Maker<M> maker();

  @Override
  public final M copy(ParamMap extra) {
    M copy = maker().make(uid, inputs, parameters, summary);
    copyValues(copy, extra);
    return copy.setParent(parent());
  }

  @Override
  public final MLWriter write() {
    return new TrainedModelWriter<>(this);
  }
}
