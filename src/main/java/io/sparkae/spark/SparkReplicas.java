package io.sparkae.spark;

import io.sparkae.core.checkpoint.Fingerprint;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.train.Block;
import io.sparkae.core.train.RoundResult;
import io.sparkae.core.train.RoundState;
import io.sparkae.core.train.RoundTask;
import io.sparkae.core.train.Shard;
import io.sparkae.core.train.StateSlices;
import io.sparkae.core.train.TrainingLoop;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.core.train.Worker;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.storage.RDDBlockId;

/** The replicas of one training as partitions of RDDs: a round is a Spark job. */
final class SparkReplicas implements TrainingLoop.Replicas {
  /**
   * A setting of Spark's: from how many replicas on the executors average, and not the driver. It
   * changes no bit.
   */
  static final String AVERAGING_REPLICAS = "spark.sparkae.averagingReplicas";

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
  private final Supplier<List<String>> underWay;
  private final long[] shardRows;
  private final int leastToAverage;

  /**
   * Replicas of one training.
   *
   * @param training its name, unlike that of all others
   * @param underWay the trainings of this driver that have not ended
   */
  SparkReplicas(
      JavaSparkContext context,
      Objective objective,
      TrainingSettings settings,
      Dealt dealt,
      String training,
      Supplier<List<String>> underWay) {
    this.context = context;
    this.objective = objective;
    this.settings = settings;
    this.dealt = dealt;
    this.plan = dealt.plan();
    this.training = training;
    this.underWay = underWay;
    this.shardRows =
        dealt.training().infos().stream().mapToLong(Shards.ReplicaInfo::rows).toArray();
    this.leastToAverage =
        context
            .getConf()
            .getInt(
                AVERAGING_REPLICAS,
                dealt.cluster().isLocal() ? Integer.MAX_VALUE : StateSlices.LEAST_REPLICAS);
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
    return dealt.cluster().isLocal()
        ? runHere(shards, state, task)
        : runOnExecutors(shards, state, task);
  }

  /** Tasks that read the driver's state, and whose results it reads. */
  private List<RoundResult> runHere(Shards shards, RoundState state, RoundTask task) {
    try (LocalRound open = LocalRound.open(training, state, plan.replicas())) {
      ReplicaRound round = round(shards, task);
      return open.results(collect(shards, task, round::runHere));
    }
  }

  private List<RoundResult> runOnExecutors(Shards shards, RoundState state, RoundTask task) {
    Broadcast<byte[]> bytes = context.broadcast(state.toBytes(task.kind()));
    try {
      ReplicaRound round = round(shards, task);
      List<RoundResult> decoded = new ArrayList<>();
      for (byte[] result : collect(shards, task, (id, blocks) -> round.run(id, blocks, bytes))) {
        RoundResult one = new RoundResult(task.kind(), objective, settings);
        one.fromBytes(result);
        decoded.add(one);
      }
      return decoded;
    } finally {
      bytes.destroy();
    }
  }

  /** Where many replicas would keep the driver busy, they average among themselves. */
  @Override
  public List<RoundResult> walk(RoundState state, RoundTask task) {
    if (plan.replicas() < leastToAverage) {
      return TrainingLoop.Replicas.super.walk(state, task);
    }
    StateSlices slices = new StateSlices(plan.replicas(), settings.updatePrecision());
    Broadcast<byte[]> bytes = context.broadcast(state.toBytes(task.kind()));
    try {
      ReplicaRound round = round(dealt.training(), task);
      ReplicaAverages averages =
          ReplicaAverages.of(
              inExecutors(dealt.training(), (id, blocks) -> round.cut(id, blocks, bytes, slices)),
              slices,
              describe(task));
      List<RoundResult> results = averages.results(() -> RoundResult.withoutVectors(objective));
      slices.put(averages.ofSlices(), results, state);
      return results;
    } finally {
      bytes.destroy();
    }
  }

  private ReplicaRound round(Shards shards, RoundTask task) {
    return new ReplicaRound(
        objective, plan, training, underWay.get(), shards.checksums(), shardRows, task);
  }

  private <T> List<T> collect(Shards shards, RoundTask task, ReplicaTasks.Work<T> ofReplica) {
    JavaRDD<T> results = inExecutors(shards, ofReplica);
    return JobDescription.during(context.sc(), describe(task), results::collect);
  }

  private <T> JavaRDD<T> inExecutors(Shards shards, ReplicaTasks.Work<T> ofReplica) {
    JavaRDD<T> results = ReplicaTasks.of(shards.rdd(), ofReplica);
    return dealt.profile() == null ? results : results.withResources(dealt.profile());
  }

  private String describe(RoundTask task) {
    String epoch = "sparkae: " + plan.epochName() + " " + (task.epoch() + 1) + "/" + plan.epochs();
    return switch (task.kind()) {
      case WALK, SUM -> {
        int rounds = (plan.stepsPerEpoch() - 1) / plan.stepsPerRound() + 1;
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
   * @param underWay trainings of this driver whose workers wait for their next round
   * @param checksums of the blocks of the round's shards
   * @param shardRows training rows of each replica: what its worker is made for
   */
  private record ReplicaRound(
      Objective objective,
      TrainingPlan plan,
      String training,
      List<String> underWay,
      List<long[]> checksums,
      long[] shardRows,
      RoundTask task)
      implements java.io.Serializable {
    /** In an executor: the result as bytes. */
    Iterator<byte[]> run(RDDBlockId id, Supplier<Iterator<Block>> blocks, Broadcast<byte[]> state)
        throws InterruptedException {
      return in(id, blocks, (worker, shard) -> worker.run(shard, state.value(), task).toBytes());
    }

    /** In an executor: where the replica got to, in slices, and the rest of the result. */
    Iterator<ReplicaAverages.Piece> cut(
        RDDBlockId id,
        Supplier<Iterator<Block>> blocks,
        Broadcast<byte[]> state,
        StateSlices slices)
        throws InterruptedException {
      return in(
              id,
              blocks,
              (worker, shard) ->
                  ReplicaAverages.cut(
                      id.splitIndex(), worker.run(shard, state.value(), task), slices))
          .next()
          .iterator();
    }

    /** In the driver's JVM: the result stays there, and the replica's number tells of it. */
    Iterator<Integer> runHere(RDDBlockId id, Supplier<Iterator<Block>> blocks)
        throws InterruptedException {
      return in(
          id,
          blocks,
          (worker, shard) -> {
            LocalRound round = LocalRound.of(training);
            round.put(id.splitIndex(), worker.run(shard, round.state(), task));
            return id.splitIndex();
          });
    }

    /** What a worker makes of its rows. */
    private interface Use<T> {
      T of(Worker worker, Shard shard) throws InterruptedException;
    }

    private <T> Iterator<T> in(RDDBlockId id, Supplier<Iterator<Block>> blocks, Use<T> use)
        throws InterruptedException {
      int number = id.splitIndex();
      ReplicaPool.keepOnly(underWay);
      Replica replica = ReplicaPool.take(training, number, () -> newReplica(number));
      boolean done = false;
      try {
        Shard shard = replica.shard(id, () -> unchanged(blocks.get(), number));
        T result = use.of(replica.worker(), shard);
        done = true;
        return List.of(result).iterator();
      } finally {
        if (done) {
          ReplicaPool.giveBack(training, number, replica);
        } else {
          replica.close();
        }
      }
    }

    private Iterator<Block> unchanged(Iterator<Block> blocks, int number) {
      return new Unchanged<>(blocks, Block::checksum, checksums.get(number), "replica " + number);
    }

    private Replica newReplica(int number) {
      return new Replica(
          new Worker(objective, plan, shardRows[number]),
          SparkEnv.get().securityManager().getIOEncryptionKey().isDefined());
    }
  }
}
