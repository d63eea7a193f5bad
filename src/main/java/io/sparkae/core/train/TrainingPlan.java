package io.sparkae.core.train;

import io.sparkae.core.Check;
import java.io.Serializable;

/**
 * Settings made definite for a data set and a cluster.
 *
 * @param settings what was asked for
 * @param rows rows of the data set
 * @param replicas tasks of a round
 * @param microBatches parts of a replica's minibatch, each with buffers of its own
 * @param threads threads of a replica, at most {@code microBatches}
 * @param stepsPerEpoch optimizer steps of an epoch; 1 for a full-batch optimizer, whose epochs are
 *     its iterations
 * @param stepsPerRound optimizer steps of a round, 1 in synchronous mode
 */
public record TrainingPlan(
    TrainingSettings settings,
    long rows,
    int replicas,
    int microBatches,
    int threads,
    int stepsPerEpoch,
    int stepsPerRound)
    implements Serializable {
  private static final int ROUND_STEPS_OF_ALL_REPLICAS = 40;
  private static final int SHORTEST_ROUND = 5;

  /** Steps of a round of replicas that have {@link #MANY_ROWS}, and so go more the same way. */
  private static final int LONGER_ROUND = 20;

  /** Rows of a replica's own step. */
  private static final int MANY_ROWS = 256;

  /** The most rows whose directions are summed in float where all rows make one step. */
  private static final int PIECE_ROWS = 256;

  /**
   * Fills in what the settings leave open.
   *
   * @param settings what was asked for
   * @param rows rows of the data set
   * @param executors replicas unless the settings say how many
   * @param coresPerReplica micro-batches unless the settings say how many
   * @param couplesRows whether the minibatch must stay whole
   * @return the plan
   */
  public static TrainingPlan of(
      TrainingSettings settings,
      long rows,
      int executors,
      int coresPerReplica,
      boolean couplesRows) {
    Check.that(rows >= 1, "the number of rows to train on", "at least 1", rows);
    int replicas = settings.replicas() > 0 ? settings.replicas() : Math.max(1, executors);
    Check.that(
        replicas == 1 || !couplesRows || settings.averaging() == Averaging.LOCAL,
        "replicas",
        "1 where the loss couples the rows of a minibatch and averaging is synchronous",
        replicas);
    int microBatches = settings.microBatches() > 0 ? settings.microBatches() : coresPerReplica;
    microBatches = couplesRows ? 1 : Math.max(1, microBatches);
    int threads = Math.min(microBatches, Math.max(1, coresPerReplica));
    long steps = settings.optimizer().kind().isFullBatch() ? 1 : parts(rows, settings.batchSize());
    Check.that(
        steps <= Integer.MAX_VALUE,
        "batchSize",
        "large enough for 2^31 steps",
        settings.batchSize());
    return new TrainingPlan(
        settings,
        rows,
        replicas,
        microBatches,
        threads,
        (int) steps,
        roundSteps(settings, replicas, (int) steps));
  }

  private static int roundSteps(TrainingSettings settings, int replicas, int stepsPerEpoch) {
    if (settings.averaging() == Averaging.SYNCHRONOUS) {
      return 1;
    }
    int asked = settings.stepsPerRound();
    if (asked == 0) {
      asked = replicas == 1 ? stepsPerEpoch : usualSteps(settings.batchSize() / replicas, replicas);
    }
    return Math.min(asked, stepsPerEpoch);
  }

  private static int usualSteps(int stepRows, int replicas) {
    int least = stepRows < MANY_ROWS ? SHORTEST_ROUND : LONGER_ROUND;
    return Math.max(least, ROUND_STEPS_OF_ALL_REPLICAS / replicas);
  }

  /** {@return whether each step is taken on all rows} */
  public boolean isFullBatch() {
    return settings.optimizer().kind().isFullBatch();
  }

  /** {@return epochs, or iterations of a full-batch optimizer, at most} */
  public int epochs() {
    return isFullBatch() ? settings.optimizer().fullBatch().maxIter() : settings.epochs();
  }

  /** {@return what people call an epoch of this training} */
  public String epochName() {
    return isFullBatch() ? "iteration" : "epoch";
  }

  /**
   * {@return the first row of a replica; rows are dealt out evenly and in order}
   *
   * @param replica number of the replica, from 0
   */
  public long firstRow(int replica) {
    return share(replica, rows, replicas);
  }

  /**
   * {@return where the parts begin when rows are dealt out evenly and in order to the replicas,
   * and, last, the number of rows}
   *
   * @param allRows rows in all: the training rows or the validation rows
   */
  public long[] replicaStarts(long allRows) {
    long[] starts = new long[replicas + 1];
    for (int r = 0; r <= replicas; r++) {
      starts[r] = share(r, allRows, replicas);
    }
    return starts;
  }

  /**
   * {@return the most rows that a replica may see in one step}
   *
   * @param shardRows rows of the replica
   */
  public int stepCapacity(long shardRows) {
    if (isFullBatch()) {
      return (int) parts(shardRows, Math.max(1, parts(shardRows, PIECE_ROWS * microBatches)));
    }
    long most = settings.averaging() == Averaging.SYNCHRONOUS ? rows : shardRows;
    return (int) parts(most, stepsPerEpoch);
  }

  /** How many parts of that length cover the whole; or how long, if there are so many. */
  private static long parts(long whole, long length) {
    return (whole + length - 1) / length;
  }

  /** The start of the given part when {@code whole} is dealt out to {@code parts}. */
  static long share(long part, long whole, long parts) {
    long each = whole / parts;
    long rest = whole % parts;
    return part * each + part * rest / parts;
  }
}
