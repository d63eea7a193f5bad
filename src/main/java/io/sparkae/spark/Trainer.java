package io.sparkae.spark;

import io.sparkae.core.linalg.Blas;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.train.Block;
import io.sparkae.core.train.RoundResult;
import io.sparkae.core.train.RoundState;
import io.sparkae.core.train.RoundTask;
import io.sparkae.core.train.Shard;
import io.sparkae.core.train.TrainingException;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingLoop;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.core.train.TrainingResult;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.core.train.Worker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains an objective on a DataFrame: packs the rows into shards, sends out rounds as Spark jobs
 * and collects their results in the order of the replicas.
 *
 * <p>The only place that broadcasts, collects and averages; what a task does is the {@link
 * Worker}'s.
 */
public final class Trainer {
  private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

  /** Who is known to lack OpenBLAS: one warning each is enough. */
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  /**
   * What a training leaves.
   *
   * @param result parameters, loss curve, plan
   * @param rows rows that were trained on
   * @param skippedRows invalid rows that were dropped
   */
  public record Outcome(TrainingResult result, long rows, long skippedRows) {}

  private final JavaSparkContext context;
  private final Objective objective;
  private final TrainingSettings settings;
  private final TrainingListener listener;

  /** A trainer of one objective. */
  public Trainer(
      JavaSparkContext context,
      Objective objective,
      TrainingSettings settings,
      TrainingListener listener) {
    this.context = context;
    this.objective = objective;
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * Trains on all rows.
   *
   * @param columns the DataFrame's columns in the order of {@link Objective#columns()}
   * @throws TrainingException if there are no rows, or the loss stops being finite
   */
  public Outcome train(Dataset<?> data, List<InputColumn> columns, HandleInvalid handleInvalid) {
    warnIfNotNative("the driver", Blas.description());
    Cluster cluster;
    Shards shards;
    TrainingPlan plan;
    ResourceProfile profile;
    try (ShardPacker packer = new ShardPacker(data, columns, handleInvalid)) {
      if (packer.rows() == 0) {
        throw new TrainingException(
            packer.skipped() == 0
                ? "there are no rows to train on"
                : "there are no rows to train on: all " + packer.skipped() + " were invalid");
      }
      if (packer.skipped() > 0) {
        LOG.warn("{} invalid rows were skipped", packer.skipped());
      }
      cluster = Cluster.of(context.sc()); // executors may have come while the rows were packed
      plan = plan(cluster, packer.rows());
      profile = Cluster.profile(cluster, plan.threads());
      shards = packer.deal(plan, profile);
    }
    String training = UUID.randomUUID().toString();
    try {
      if (!cluster.isLocal()) {
        compareExecutors(shards.infos());
      }
      SparkReplicas replicas = new SparkReplicas(shards, plan, training, profile);
      RoundState state = RoundState.initial(objective, settings);
      TrainingResult result = new TrainingLoop(objective, plan, replicas, listener, state).run();
      return new Outcome(result, shards.rows(), shards.skipped());
    } finally {
      try {
        forget(cluster, shards, training);
      } finally {
        shards.rdd().unpersist(false);
      }
    }
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
    Set<String> kinds = new TreeSet<>();
    for (Shards.ReplicaInfo info : infos) {
      kinds.add(info.blas().implementation() + " " + info.blas().coreType());
    }
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

  private void forget(Cluster cluster, Shards shards, String training) {
    WorkerPool.forget(training);
    if (cluster.isLocal()) {
      return;
    }
    // One small task for each replica; an executor that it misses frees the memory when it ends.
    try {
      shards.rdd().foreachPartition(blocks -> WorkerPool.forget(training));
    } catch (Exception unreachable) { // Spark throws checked exceptions that nobody declares
      LOG.info("the workers of a training could not be released: {}", unreachable.getMessage());
    }
  }

  /** The replicas of one training as partitions of an RDD. */
  private final class SparkReplicas implements TrainingLoop.Replicas {
    private final JavaRDD<Block> blocks;
    private final TrainingPlan plan;
    private final String training;
    private final ResourceProfile profile;
    private final List<long[]> checksums = new ArrayList<>();

    SparkReplicas(Shards shards, TrainingPlan plan, String training, ResourceProfile profile) {
      this.blocks = shards.rdd();
      this.plan = plan;
      this.training = training;
      this.profile = profile;
      for (Shards.ReplicaInfo info : shards.infos()) {
        checksums.add(info.checksums());
      }
    }

    @Override
    public List<RoundResult> run(RoundState state, RoundTask task) {
      String description = context.getLocalProperty("spark.job.description");
      Broadcast<byte[]> bytes = context.broadcast(state.toBytes(task.kind()));
      try {
        describeJob(task);
        ReplicaRound round = new ReplicaRound(objective, plan, training, checksums, task, bytes);
        JavaRDD<byte[]> results = blocks.mapPartitionsWithIndex(round::run, true);
        if (profile != null) {
          results = results.withResources(profile);
        }
        List<RoundResult> decoded = new ArrayList<>();
        for (byte[] result : results.collect()) {
          RoundResult one = new RoundResult(task.kind(), objective, settings);
          one.fromBytes(result);
          decoded.add(one);
        }
        return decoded;
      } finally {
        context.sc().setJobDescription(description);
        bytes.destroy();
      }
    }

    private void describeJob(RoundTask task) {
      int rounds = (plan.stepsPerEpoch() + plan.stepsPerRound() - 1) / plan.stepsPerRound();
      context
          .sc()
          .setJobDescription(
              "sparkae: epoch "
                  + (task.epoch() + 1)
                  + "/"
                  + settings.epochs()
                  + " round "
                  + (task.firstStep() / plan.stepsPerRound() + 1)
                  + "/"
                  + rounds);
    }
  }

  /** What a task of a round does. */
  private record ReplicaRound(
      Objective objective,
      TrainingPlan plan,
      String training,
      List<long[]> checksums,
      RoundTask task,
      Broadcast<byte[]> state)
      implements java.io.Serializable {
    Iterator<byte[]> run(int replica, Iterator<Block> blocks) throws InterruptedException {
      List<Block> mine = new ArrayList<>();
      blocks.forEachRemaining(mine::add);
      checkUnchanged(replica, mine);
      Shard shard = new Shard(mine);
      Worker worker =
          WorkerPool.take(training, replica, () -> new Worker(objective, plan, shard.rows()));
      byte[] result = worker.run(shard, state.value(), task).toBytes();
      WorkerPool.giveBack(training, replica, worker);
      return List.of(result).iterator();
    }

    private void checkUnchanged(int replica, List<Block> blocks) {
      long[] found = blocks.stream().mapToLong(Block::checksum).toArray();
      if (!Arrays.equals(found, checksums.get(replica))) {
        throw Shards.changed(replica);
      }
    }
  }
}
