package io.sparkae.spark;

import io.sparkae.core.train.Worker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Workers that wait in an executor between two rounds, so that their buffers are made once.
 *
 * <p>A task takes a worker out while it runs: two attempts of one task never share one.
 */
final class WorkerPool {
  private static final Map<String, Map<Integer, Worker>> POOL = new ConcurrentHashMap<>();

  private WorkerPool() {}

  /** The waiting worker of that training and replica, or a new one. */
  static Worker take(String training, int replica, Supplier<Worker> factory) {
    Map<Integer, Worker> waiting = POOL.get(training);
    Worker worker = waiting == null ? null : waiting.remove(replica);
    return worker == null ? factory.get() : worker;
  }

  /** Lets a worker wait for the next round. */
  static void giveBack(String training, int replica, Worker worker) {
    POOL.computeIfAbsent(training, name -> new ConcurrentHashMap<>()).put(replica, worker);
  }

  /** Forgets the workers of a training that has ended. */
  static void forget(String training) {
    POOL.remove(training);
  }

  /** Trainings that have workers waiting in this JVM. */
  static int trainings() {
    return POOL.size();
  }
}
