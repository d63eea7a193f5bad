package io.sparkae.spark;

import io.sparkae.core.train.RoundResult;
import io.sparkae.core.train.RoundState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A round whose tasks run in the driver's JVM: they read the driver's state and leave their results
 * as they are, which saves writing and reading all parameters several times.
 *
 * <p>A result belongs to the replica's worker until its next round, which begins when the driver
 * has done with this one.
 */
final class LocalRound implements AutoCloseable {
  private static final Map<String, LocalRound> OPEN = new ConcurrentHashMap<>();

  private final String training;
  private final RoundState state;
  private final AtomicReferenceArray<RoundResult> results;

  private LocalRound(String training, RoundState state, int replicas) {
    this.training = training;
    this.state = state;
    this.results = new AtomicReferenceArray<>(replicas);
  }

  /** Opens the next round of a training. */
  static LocalRound open(String training, RoundState state, int replicas) {
    LocalRound round = new LocalRound(training, state, replicas);
    OPEN.put(training, round);
    return round;
  }

  /** The open round of a training. */
  static LocalRound of(String training) {
    LocalRound round = OPEN.get(training);
    if (round == null) { // a task that outlives its job
      throw new IllegalStateException("the round has ended");
    }
    return round;
  }

  /** The driver's state, which nobody changes while the round is open. */
  RoundState state() {
    return state;
  }

  void put(int replica, RoundResult result) {
    results.set(replica, result);
  }

  /** The results of those replicas, in that order. */
  List<RoundResult> results(List<Integer> replicas) {
    return replicas.stream().map(results::get).toList();
  }

  @Override
  public void close() {
    OPEN.remove(training, this);
  }
}
