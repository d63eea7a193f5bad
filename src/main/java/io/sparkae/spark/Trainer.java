package io.sparkae.spark;

import io.sparkae.core.linalg.Blas;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.optimize.FullBatchOptimizer;
import io.sparkae.core.train.FullBatchLoop;
import io.sparkae.core.train.RoundState;
import io.sparkae.core.train.TrainingCheckpoints;
import io.sparkae.core.train.TrainingException;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingLoop;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.core.train.TrainingResult;
import io.sparkae.core.train.TrainingSettings;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains an objective on a DataFrame: packs the rows into shards, sends out rounds as Spark jobs
 * and collects their results in the order of the replicas.
 *
 * <p>The only place that broadcasts, collects and averages; what a task does is the {@link
 * io.sparkae.core.train.Worker}'s.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  /** Who is known to lack OpenBLAS: one warning each is enough. */
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  /** The trainings of this driver that have not ended. */
  private static final Set<String> UNDER_WAY = ConcurrentHashMap.newKeySet();

  /**
   * What a training leaves.
   *
   * @param result parameters, loss curve, plan
   * @param rows rows that were trained on
   * @param validationRows rows that were validated on
   * @param skippedRows invalid rows that were dropped
   */
  public record Outcome(TrainingResult result, long rows, long validationRows, long skippedRows) {}

  private final JavaSparkContext context;
  private final Objective objective;
  private final TrainingSettings settings;
  private final TrainingListener listener;
  private final TrainingCheckpoints checkpoints;

  /**
   * A trainer of one objective that keeps no checkpoints.
   *
   * @param context the cluster
   * @param objective what is trained
   * @param settings how it is trained
   * @param listener who hears of it, on the driver
   * @throws IllegalArgumentException as the other constructor
   */
  public Trainer(
      JavaSparkContext context,
      Objective objective,
      TrainingSettings settings,
      TrainingListener listener) {
    this(context, objective, settings, listener, TrainingCheckpoints.NONE);
  }

  /**
   * A trainer of one objective.
   *
   * @param context the cluster
   * @param objective what is trained
   * @param settings how it is trained
   * @param listener who hears of it, on the driver
   * @param checkpoints of this training and those before it that make the same model
   * @throws IllegalArgumentException if the optimizer takes each step on all rows and the objective
   *     is not made for that, with the reason
   */
  public Trainer(
      JavaSparkContext context,
      Objective objective,
      TrainingSettings settings,
      TrainingListener listener,
      TrainingCheckpoints checkpoints) {
    FullBatchLoop.requireSuited(objective, "optimizer", settings.optimizer().kind());
    this.context = context;
    this.objective = objective;
    this.settings = settings;
    this.listener = new LoggedTraining(listener);
    this.checkpoints = checkpoints;
  }

  /**
   * Trains on all rows, less those that the settings hold back for validation.
   *
   * @param data the rows
   * @param columns the DataFrame's columns in the order of {@link Objective#columns()}
   * @param handleInvalid what becomes of rows with a missing or infinite value
   * @return the trained parameters, and how the training went
   * @throws TrainingException if there are no rows, or the loss stops being finite
   */
  public Outcome train(Dataset<?> data, List<InputColumn> columns, HandleInvalid handleInvalid) {
    double fraction = settings.validation().fraction();
    try (TrainingRows rows = TrainingRows.pack(data, columns, handleInvalid, fraction)) {
      return trainLast(rows);
    }
  }

  /**
   * Trains on rows that are kept for other trainings.
   *
   * @param rows their columns are in the order of {@link Objective#columns()}; they hold back what
   *     they were told to, whatever fraction the settings name, by the settings' seed
   * @param start the flat parameter vector to start from
   * @return the trained parameters, and how the training went
   * @throws TrainingException if the loss stops being finite
   */
  public Outcome train(TrainingRows rows, float[] start) {
    return train(rows, RoundState.initial(objective, settings, start), false);
  }

  /**
   * Trains from random weights on rows that are kept for other trainings.
   *
   * @param rows as for the other {@code train}
   * @return the trained parameters, and how the training went
   * @throws TrainingException if the loss stops being finite
   */
  public Outcome train(TrainingRows rows) {
    return train(rows, RoundState.initial(objective, settings), false);
  }

  /**
   * Trains from random weights on rows that nobody needs any more: they are freed as soon as they
   * are dealt out.
   *
   * @param rows as for the other {@code train}
   * @return the trained parameters, and how the training went
   * @throws TrainingException if the loss stops being finite
   */
  public Outcome trainLast(TrainingRows rows) {
    return train(rows, RoundState.initial(objective, settings), true);
  }

  /**
   * Trains on rows that nobody needs any more: they are freed as soon as they are dealt out.
   *
   * @param rows as for the other {@code train}
   * @param start the flat parameter vector to start from
   * @return the trained parameters, and how the training went
   * @throws TrainingException if the loss stops being finite
   */
  public Outcome trainLast(TrainingRows rows, float[] start) {
    return train(rows, RoundState.initial(objective, settings, start), true);
  }

  private SparkReplicas.Dealt deal(TrainingRows rows) {
    warnIfNotNative("the driver", Blas.description());
    return deal(rows.training(settings.seed()), rows.validation(settings.seed()));
  }

  private SparkReplicas.Dealt deal(PackedRows training, PackedRows validation) {
    Cluster cluster = Cluster.of(context.sc()); // executors may have come while rows were packed
    TrainingPlan plan = plan(cluster, training.rows());
    ResourceProfile profile = Cluster.profile(cluster, plan.threads());
    Shards trainingShards =
        training.deal("training rows", plan.replicaStarts(training.rows()), profile);
    if (validation == null) {
      return new SparkReplicas.Dealt(cluster, plan, profile, trainingShards, null);
    }
    try {
      Shards shards =
          validation.deal("validation rows", plan.replicaStarts(validation.rows()), profile);
      return new SparkReplicas.Dealt(cluster, plan, profile, trainingShards, shards);
    } catch (Throwable failure) { // Spark throws checked exceptions that it does not declare
      trainingShards.rdd().unpersist(false);
      throw failure;
    }
  }

  private Outcome train(TrainingRows rows, RoundState state, boolean last) {
    SparkReplicas.Dealt dealt = deal(rows);
    String training = UUID.randomUUID().toString();
    UNDER_WAY.add(training);
    try {
      if (last) {
        rows.close(); // the shards have the rows now
      }
      if (!dealt.cluster().isLocal()) {
        compareExecutors(dealt.training().infos());
      }
      SparkReplicas replicas =
          new SparkReplicas(
              context, objective, settings, dealt, training, () -> List.copyOf(UNDER_WAY));
      TrainingResult result = run(dealt.plan(), replicas, state);
      return new Outcome(
          result, dealt.training().rows(), replicas.validationRows(), rows.skipped());
    } finally {
      UNDER_WAY.remove(training);
      try {
        forget(dealt.cluster(), dealt.training(), training);
      } finally {
        dealt.unpersist();
      }
    }
  }

  private TrainingResult run(TrainingPlan plan, SparkReplicas replicas, RoundState state) {
    if (!plan.isFullBatch()) {
      return new TrainingLoop(objective, plan, replicas, listener, state, checkpoints).run();
    }
    FullBatchOptimizer optimizer = FullBatchOptimizers.of(settings.optimizer());
    return new FullBatchLoop(objective, plan, replicas, listener, state, optimizer, checkpoints)
        .run();
  }

  private TrainingPlan plan(Cluster cluster, long rows) {
    int replicas = settings.replicas() > 0 ? settings.replicas() : cluster.executors();
    return TrainingPlan.of(
        settings,
        rows,
        cluster.executors(),
        cluster.coresPerReplica(replicas),
        objective.couplesRows());
  }

  private static void warnIfNotNative(String where, Blas.Description blas) {
    if (!blas.isNative() && WARNED.add(where)) {
      LOG.warn(
          "{} multiplies with {} and not with OpenBLAS, several times slower: {}",
          where,
          blas.implementation(),
          blas.failure());
    }
  }

  private static void compareExecutors(List<Shards.ReplicaInfo> infos) {
    Set<String> kinds = Shards.machines(infos);
    for (Shards.ReplicaInfo info : infos) {
      if (!info.blas().isNative()) {
        warnIfNotNative("executor " + info.host(), info.blas());
        break;
      }
    }
    if (kinds.size() > 1) {
      LOG.warn(
          "executors multiply differently ({}): a repeated run may differ in the last bits",
          String.join(", ", kinds));
    }
  }

  private static Iterator<Integer> forgetHere(String training) {
    ReplicaPool.forget(training);
    return Collections.emptyIterator();
  }

  private void forget(Cluster cluster, Shards shards, String training) {
    ReplicaPool.forget(training);
    if (cluster.isLocal()) {
      return;
    }
    // One small task for each replica; an executor that it misses does it in the next training.
    try {
      JobDescription.running(
          context.sc(),
          "sparkae: releasing workers",
          () ->
              ReplicaTasks.<Integer>of(shards.rdd(), (id, blocks) -> forgetHere(training)).count());
    } catch (Exception unreachable) { // Spark throws checked exceptions that nobody declares
      LOG.info("the workers of a training could not be released: {}", unreachable.getMessage());
    }
  }
}
