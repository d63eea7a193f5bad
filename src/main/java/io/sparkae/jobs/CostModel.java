package io.sparkae.jobs;

import io.sparkae.core.train.Averaging;
import io.sparkae.core.train.StateSlices;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.core.train.UpdatePrecision;
import java.util.ArrayList;
import java.util.List;

/**
 * Time, traffic and memory of training an autoencoder on a cluster, one replica for each executor.
 *
 * <p>A step of r rows on c cores takes parameters·stepSecondsPerParameter +
 * (r/c)·operations/gflopsPerCore. A round of s steps takes those, job + replicas·task seconds of
 * Spark, state·stateSecondsPerByte + results·replicaSecondsPerByte of the driver, and on the
 * network (state + results)/bandwidth at the driver's link and 2·⌈1 + log₂ replicas⌉·latency. The
 * driver's results are all replicas' updates, each a state's worth of numbers in the precision of
 * updates; where these average among themselves ({@link StateSlices}) they are one state's worth,
 * and a round takes another job of a task for each slice,
 * replicas/slices·update·replicaSecondsPerByte of averaging, and 2·update/bandwidth + 2·latency of
 * an executor's link.
 *
 * @param constants what work costs
 * @param net what is trained
 * @param settings how it is trained; as many replicas as executors
 * @param rows rows of the data set
 * @param cores of each executor
 * @param bytesPerSecond of the driver's link
 * @param latencySeconds of the network
 */
record CostModel(
    CostConstants constants,
    Net net,
    TrainingSettings settings,
    long rows,
    int cores,
    double bytesPerSecond,
    double latencySeconds) {
  /**
   * A mirrored net by the widths of its layers.
   *
   * @param widths from the features to the code
   */
  record Net(List<Integer> widths) {
    /** Weights and biases of both halves. */
    long parameters() {
      long sum = 0;
      for (int i = 0; i + 1 < widths.size(); i++) {
        sum += 2L * widths.get(i) * widths.get(i + 1) + widths.get(i) + widths.get(i + 1);
      }
      return sum;
    }

    /** Of a row forward and backward; the gradient of the features is never computed. */
    double operations() {
      double weights = 0;
      for (int i = 0; i + 1 < widths.size(); i++) {
        weights += 2.0 * widths.get(i) * widths.get(i + 1);
      }
      return 2 * (3 * weights - (double) widths.get(0) * widths.get(1));
    }

    /** Values and gradients of a row in all layers. */
    long activations() {
      return 2 * (2L * widths.stream().mapToLong(w -> w).sum() - widths.get(widths.size() - 1));
    }
  }

  /**
   * What so many executors cost.
   *
   * @param stepsPerRound optimizer steps between two averages
   * @param rounds of an epoch
   * @param computeSeconds of the products, an epoch
   * @param stepSeconds of the steps' fixed part, an epoch
   * @param roundSeconds of Spark and the driver, an epoch
   * @param networkSeconds of the network, an epoch
   * @param trafficBytes over the driver's link, an epoch
   * @param executorBytes held by an executor
   * @param driverBytes held by the driver
   */
  record Cost(
      int executors,
      int stepsPerRound,
      int rounds,
      double computeSeconds,
      double stepSeconds,
      double roundSeconds,
      double networkSeconds,
      double trafficBytes,
      double executorBytes,
      double driverBytes) {
    double epochSeconds() {
      return computeSeconds + stepSeconds + roundSeconds + networkSeconds;
    }

    /** What takes longest, in words. */
    String largest() {
      double most =
          Math.max(Math.max(computeSeconds, stepSeconds), Math.max(roundSeconds, networkSeconds));
      if (most == computeSeconds) {
        return "products";
      }
      return most == stepSeconds ? "steps" : most == roundSeconds ? "rounds" : "network";
    }
  }

  /** The cost with so many executors. */
  Cost of(int executors) {
    TrainingPlan plan = TrainingPlan.of(settings, rows, executors, cores, false);
    boolean local = settings.averaging() == Averaging.LOCAL;
    double heldBytes =
        Float.BYTES * (1.0 + settings.optimizer().create().slots()) * net.parameters();
    double stateBytes = local ? heldBytes : (double) Float.BYTES * net.parameters();
    int rounds = (plan.stepsPerEpoch() - 1) / plan.stepsPerRound() + 1;
    double stepRows = (double) rows / plan.stepsPerEpoch() / executors;
    double rowsPerCore = plan.stepsPerEpoch() * Math.max(stepRows / cores, Math.min(stepRows, 1));
    boolean among = local && executors >= StateSlices.LEAST_REPLICAS;
    UpdatePrecision precision = settings.updatePrecision();
    double updateBytes = stateBytes * precision.bytes() / Float.BYTES;
    double results = among ? stateBytes : executors * updateBytes;
    double decoded = among ? stateBytes : executors * stateBytes;
    double link = stateBytes + results;
    double exchanged = among ? 2 * updateBytes : 0;
    double hops = 2 * (1 + Math.ceil(Math.log(executors) / Math.log(2)));
    double serial =
        constants.jobSeconds()
            + executors * constants.taskSeconds()
            + stateBytes * constants.stateSecondsPerByte()
            + results * constants.replicaSecondsPerByte()
            + (among ? averagingSeconds(executors, updateBytes) : 0);
    return new Cost(
        executors,
        plan.stepsPerRound(),
        rounds,
        rowsPerCore * net.operations() / (1e9 * constants.gflopsPerCore()),
        plan.stepsPerEpoch() * net.parameters() * constants.stepSecondsPerParameter(),
        rounds * serial,
        rounds * ((link + exchanged) / bytesPerSecond + (among ? hops + 2 : hops) * latencySeconds),
        rounds * link,
        (double) rows / executors * net.widths().get(0) * Float.BYTES
            + (double) cores * net.parameters() * Float.BYTES
            + heldBytes
            + (local && precision.tellsDifferences() ? heldBytes : 0)
            + stateBytes
            + updateBytes
            + exchanged
            + stepRows * net.activations() * Float.BYTES,
        heldBytes + results + decoded);
  }

  private double averagingSeconds(int executors, double updateBytes) {
    int slices = StateSlices.count(executors);
    return constants.jobSeconds()
        + slices * constants.taskSeconds()
        + executors * updateBytes / slices * constants.replicaSecondsPerByte();
  }

  /** The costs of 1, 2, 4, … executors, and of the most. */
  List<Cost> curve(int most) {
    List<Cost> costs = new ArrayList<>();
    for (long executors = 1; executors < most; executors *= 2) {
      costs.add(of((int) executors));
    }
    costs.add(of(most));
    return costs;
  }

  /**
   * Where a curve bends.
   *
   * @param at the last cost before it
   * @param behind the next one, with whose executors an epoch is less than a quarter faster
   */
  record Bend(Cost at, Cost behind) {}

  /** The first bend of a curve of doublings; null if there is none. */
  static Bend bend(List<Cost> curve) {
    for (int i = 1; i < curve.size(); i++) {
      boolean doubled = curve.get(i).executors() == 2 * curve.get(i - 1).executors();
      if (doubled && curve.get(i).epochSeconds() * 1.25 > curve.get(i - 1).epochSeconds()) {
        return new Bend(curve.get(i - 1), curve.get(i));
      }
    }
    return null;
  }
}
