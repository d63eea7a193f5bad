package io.sparkae.ml;

import io.sparkae.core.train.TrainingCheckpoints;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.spark.CheckpointFolder;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;

/**
 * What every estimator of this library is: a stage with a uid that is copied, saved and listened
 * to. Its Params are made by subclasses, once the uid is known.
 *
 * @param <S> the estimator itself
 * @param <M> what it fits
 */
abstract class TrainedEstimator<S extends TrainedEstimator<S, M>, M extends Model<M>>
    extends Estimator<M>
    implements HasTrainingListener, CheckpointSetters<S>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final CheckpointParams.Holder checkpoints;
  private transient TrainingListener listener; // null when it was read or serialised

  TrainedEstimator(String uid) {
    this.uid = uid;
    this.checkpoints = new CheckpointParams.Holder(this);
    checkpoints.setDefaults(this);
  }

  @Override
  public final String uid() {
    return uid;
  }

  @Override
  public final CheckpointParams.Holder checkpointParams() {
    return checkpoints;
  }

  /**
   * The checkpoints of a training that is about to begin, and of those that follow it.
   *
   * @param more what else tells the training from others, beside Params and schema
   * @throws IllegalArgumentException if their folder does not do, or has those of another training
   *     to go on from
   */
  final TrainingCheckpoints checkpoints(Dataset<?> data, Map<String, String> more) {
    String folder = getCheckpointDir();
    IdleParams.refuseUnless(
        folder != null,
        this,
        List.of(checkpointInterval(), resume()),
        "checkpointDir is not named",
        "checkpointDir");
    if (folder == null) {
      return TrainingCheckpoints.NONE;
    }
    return CheckpointFolder.open(
        folder,
        data.sparkSession().sparkContext().hadoopConfiguration(),
        getCheckpointInterval(),
        getResume(),
        StageFingerprint.of(this, data.schema(), more));
  }

  /** Who hears of the training; null for nobody. */
  final TrainingListener listener() {
    return listener;
  }

  @Override
  @SuppressWarnings("unchecked")
  public final S setTrainingListener(TrainingListener value) {
    this.listener = value;
    return (S) this;
  }

  @Override
  public String explainParam(Param<?> param) {
    return Holders.explain(this, param, super.explainParam(param));
  }

  /** The fitted model with all Params that it shares with this estimator. */
  final M finished(M model) {
    copyValues(model, new ParamMap());
    return model.setParent(this);
  }

  @Override
  public S copy(ParamMap extra) {
    S copy = defaultCopy(extra);
    return copy.setTrainingListener(listener);
  }

  @Override
  public MLWriter write() {
    return new DefaultParamsWriter(this);
  }
}
