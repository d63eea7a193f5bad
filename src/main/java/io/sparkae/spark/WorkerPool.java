package io.sparkae.spark;

import io.sparkae.core.train.Worker;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Workers that wait in an executor between two rounds, so that their buffers are made once.
 *
 * <p>A task takes a worker out while it runs: two attempts of one task never share one.
 */
final class WorkerPool {
  private static final int ENDED_KEPT = 1000;

  private static final Map<String, Map<Integer, Worker>> POOL = new HashMap<>();

  /** The last trainings to end: a task of theirs that is still at work must not keep its worker. */
  private static final Set<String> ENDED = new LinkedHashSet<>();

  private WorkerPool() {}

  /** The waiting worker of that training and replica, or a new one. */
  static Worker take(String training, int replica, Supplier<Worker> factory) {
    Worker worker;
    synchronized (POOL) {
      Map<Integer, Worker> waiting = POOL.get(training);
      worker = waiting == null ? null : waiting.remove(replica);
    }
    return worker == null ? factory.get() : worker;
  }

  /** Lets a worker wait for the next round, unless the training has ended. */
  static void giveBack(String training, int replica, Worker worker) {
    synchronized (POOL) {
      if (!ENDED.contains(training)) {
        POOL.computeIfAbsent(training, name -> new HashMap<>()).put(replica, worker);
      }
    }
  }

  /** Forgets the workers of a training that has ended. */
  static void forget(String training) {
    synchronized (POOL) {
      POOL.remove(training);
      ENDED.add(training);
      if (ENDED.size() > ENDED_KEPT) {
        ENDED.remove(ENDED.iterator().next());
      }
    }
  }

  /**
   * Forgets the workers of all trainings but these: others have ended without a word of it here.
   */
  static void keepOnly(Collection<String> underWay) {
    synchronized (POOL) {
      POOL.keySet().retainAll(underWay);
    }
  }

  /** Trainings that have workers waiting in this JVM. */
  static int trainings() {
    synchronized (POOL) {
      return POOL.size();
    }
  }
}
