package io.sparkae.spark;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Replicas that wait in an executor between two rounds, so that what they keep is made once.
 *
 * <p>A task takes a replica out while it runs: two attempts of one task never share one.
 */
final class ReplicaPool {
  private static final int ENDED_KEPT = 1000;

  private static final Map<String, Map<Integer, Replica>> POOL = new HashMap<>();

  /** The last trainings to end: a task of theirs that is still at work must not give back. */
  private static final Set<String> ENDED = new LinkedHashSet<>();

  private ReplicaPool() {}

  /** The waiting replica of that training and number, or a new one. */
  static Replica take(String training, int number, Supplier<Replica> factory) {
    Replica replica;
    synchronized (POOL) {
      Map<Integer, Replica> waiting = POOL.get(training);
      replica = waiting == null ? null : waiting.remove(number);
    }
    return replica == null ? factory.get() : replica;
  }

  /** Lets a replica wait for the next round, unless the training has ended. */
  static void giveBack(String training, int number, Replica replica) {
    synchronized (POOL) {
      Replica useless =
          ENDED.contains(training)
              ? replica
              : POOL.computeIfAbsent(training, name -> new HashMap<>()).put(number, replica);
      if (useless != null) {
        useless.close();
      }
    }
  }

  /** Forgets the replicas of a training that has ended. */
  static void forget(String training) {
    synchronized (POOL) {
      close(POOL.remove(training));
      ENDED.add(training);
      if (ENDED.size() > ENDED_KEPT) {
        ENDED.remove(ENDED.iterator().next());
      }
    }
  }

  /**
   * Forgets the replicas of all trainings but these: others have ended without a word of it here.
   */
  static void keepOnly(Collection<String> underWay) {
    synchronized (POOL) {
      for (String training : List.copyOf(POOL.keySet())) {
        if (!underWay.contains(training)) {
          close(POOL.remove(training));
        }
      }
    }
  }

  private static void close(Map<Integer, Replica> waiting) {
    if (waiting != null) {
      waiting.values().forEach(Replica::close);
    }
  }

  /** Trainings that have replicas waiting in this JVM. */
  static int trainings() {
    synchronized (POOL) {
      return POOL.size();
    }
  }
}
