package io.sparkae.spark;

import io.sparkae.core.checkpoint.Fingerprint;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.train.Block;
import io.sparkae.core.train.RoundResult;
import io.sparkae.core.train.RoundState;
import io.sparkae.core.train.RoundTask;
import io.sparkae.core.train.Shard;
import io.sparkae.core.train.TrainingLoop;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.core.train.Worker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceProfile;

/** The replicas of one training as partitions of RDDs: a round is a Spark job. */
final class SparkReplicas implements TrainingLoop.Replicas {
  /**
   * Rows dealt out to replicas.
   *
   * @param validation null if there are no validation rows
   */
  record Dealt(
      Cluster cluster,
      TrainingPlan plan,
      ResourceProfile profile,
      Shards training,
      Shards validation) {
    void unpersist() {
      training.rdd().unpersist(false);
      if (validation != null) {
        validation.rdd().unpersist(false);
      }
    }
  }

  private final JavaSparkContext context;
  private final Objective objective;
  private final TrainingSettings settings;
  private final Dealt dealt;
  private final TrainingPlan plan;
  private final String training;
  private final long[] shardRows;

  SparkReplicas(
      JavaSparkContext context,
      Objective objective,
      TrainingSettings settings,
      Dealt dealt,
      String training) {
    this.context = context;
    this.objective = objective;
    this.settings = settings;
    this.dealt = dealt;
    this.plan = dealt.plan();
    this.training = training;
    this.shardRows =
        dealt.training().infos().stream().mapToLong(Shards.ReplicaInfo::rows).toArray();
  }

  @Override
  public long validationRows() {
    return dealt.validation() == null ? 0 : dealt.validation().rows();
  }

  @Override
  public Fingerprint rowsFingerprint() {
    Map<String, String> entries = new LinkedHashMap<>();
    dealt.training().addChecksum("training rows", entries);
    if (dealt.validation() != null) {
      dealt.validation().addChecksum("validation rows", entries);
    }
    return new Fingerprint(entries);
  }

  @Override
  public String machine() {
    return String.join(", ", Shards.machines(dealt.training().infos()));
  }

  @Override
  public List<RoundResult> run(RoundState state, RoundTask task) {
    Shards shards = task.kind() == RoundTask.Kind.EVALUATE ? dealt.validation() : dealt.training();
    Broadcast<byte[]> bytes = context.broadcast(state.toBytes(task.kind()));
    try {
      ReplicaRound round =
          new ReplicaRound(objective, plan, training, shards.checksums(), shardRows, task, bytes);
      JavaRDD<byte[]> results = shards.rdd().mapPartitionsWithIndex(round::run, true);
      if (dealt.profile() != null) {
        results = results.withResources(dealt.profile());
      }
      List<RoundResult> decoded = new ArrayList<>();
      for (byte[] result : JobDescription.during(context.sc(), describe(task), results::collect)) {
        RoundResult one = new RoundResult(task.kind(), objective, settings);
        one.fromBytes(result);
        decoded.add(one);
      }
      return decoded;
    } finally {
      bytes.destroy();
    }
  }

  private String describe(RoundTask task) {
    String epoch = "sparkae: " + plan.epochName() + " " + (task.epoch() + 1) + "/" + plan.epochs();
    return switch (task.kind()) {
      case WALK, SUM -> {
        int rounds = (plan.stepsPerEpoch() + plan.stepsPerRound() - 1) / plan.stepsPerRound();
        yield epoch + " round " + (task.firstStep() / plan.stepsPerRound() + 1) + "/" + rounds;
      }
      case GRADIENT -> epoch + " gradient " + (task.firstStep() + 1);
      case PREPARE, RENEW -> epoch + " statistics";
      case EVALUATE -> epoch + " validation";
    };
  }

  /**
   * What a task of a round does.
   *
   * @param checksums of the blocks of the round's shards
   * @param shardRows training rows of each replica: what its worker is made for
   */
  private record ReplicaRound(
      Objective objective,
      TrainingPlan plan,
      String training,
      List<long[]> checksums,
      long[] shardRows,
      RoundTask task,
      Broadcast<byte[]> state)
      implements java.io.Serializable {
    Iterator<byte[]> run(int replica, Iterator<Block> blocks) throws InterruptedException {
      List<Block> mine = new ArrayList<>();
      blocks.forEachRemaining(mine::add);
      checkUnchanged(replica, mine);
      Worker worker =
          WorkerPool.take(training, replica, () -> new Worker(objective, plan, shardRows[replica]));
      byte[] result = worker.run(new Shard(mine), state.value(), task).toBytes();
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
