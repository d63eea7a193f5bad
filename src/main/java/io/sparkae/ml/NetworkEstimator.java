package io.sparkae.ml;

import io.sparkae.core.objective.Objective;
import io.sparkae.core.train.FullBatchLoop;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.Trainer;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * An estimator of one net that is trained on the rows as they are, from random weights.
 *
 * @param <S> the estimator itself
 * @param <M> what it fits
 */
abstract class NetworkEstimator<S extends NetworkEstimator<S, M>, M extends TrainedNetwork<M>>
    extends TrainedEstimator<S, M> implements InputParams, TrainingParams {
  private static final long serialVersionUID = 1L;

  NetworkEstimator(String uid) {
    super(uid);
  }

  /**
   * What is trained.
   *
   * @param data the rows, with the columns that the objective reads
   * @param columns of the rows, in the order of {@link Objective#columns()}
   */
  record Task(Objective objective, Dataset<?> data, List<InputColumn> columns) {}

  /**
   * The objective of the features alone.
   *
   * @param width features of a row
   * @param sparse whether rows come as their non-zero elements
   * @throws IllegalArgumentException if the Params contradict each other
   */
  abstract Objective objective(int width, boolean sparse);

  /** The features in the range that the objective asks for; by default any. */
  InputColumn ranged(InputColumn features) {
    return features;
  }

  /** What is trained; by default the objective of the features alone. */
  Task task(Dataset<?> data, InputColumn features) {
    Objective objective = objective(features.spec().width(), features.spec().sparse());
    return new Task(objective, data, List.of(features));
  }

  /**
   * Refuses Params that do nothing with the others; by default none.
   *
   * @throws IllegalArgumentException naming the first of them
   */
  void refuseIdle() {}

  /**
   * The schema with the columns that the model makes.
   *
   * @throws IllegalArgumentException if they or those that it reads make no sense
   */
  abstract StructType outputs(StructType schema);

  /** How the model is made. */
  abstract TrainedModelReader.Maker<M> maker();

  /** What tells the training from others, beside its Params, net and rows; by default nothing. */
  Map<String, String> identity(Task task) {
    return Map.of();
  }

  /** Gives a fitted model what is known of the rows; by default nothing. */
  void complete(M model, Task task) {}

  /**
   * Trains.
   *
   * @throws IllegalArgumentException before any training, if the Params, the schema or the rows
   *     make no sense
   */
  @Override
  public M fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Task task = task(dataset, ranged(Features.inspect(dataset, this)));
    Trainer.Outcome outcome =
        Validation.train(
            this,
            task.objective(),
            task.data(),
            task.columns(),
            listener(),
            checkpoints(dataset, identity(task)));
    M model =
        maker()
            .make(
                uid(),
                task.columns().get(0).spec().width(),
                outcome.result().state().parameters().clone(),
                TrainingSummary.of(task.objective(), outcome, "").with(this, List.of()));
    finished(model);
    complete(model, task);
    return model;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    FullBatchLoop.requireSuited(objective(1, false), "optimizer", optimizerKind());
    trainingSettings();
    refuseIdle();
    Validation.check(this, schema);
    return outputs(schema);
  }
}
