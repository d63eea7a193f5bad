package io.sparkae.core.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Runs the threads of a replica through a round. */
final class ReplicaThreads {
  /** What one thread of the replica does in a round. */
  interface Body {
    void run(int thread, StepBarrier barrier) throws InterruptedException;
  }

  private ReplicaThreads() {}

  /**
   * Runs the body in this thread, which is number 0, and in so many others less one; returns when
   * all have ended. Where one fails or is interrupted, the others do not wait for it at the
   * barrier, and its failure is thrown.
   */
  static void run(int threads, Body body) throws InterruptedException {
    StepBarrier barrier = new StepBarrier(threads);
    List<Throwable> failures = new ArrayList<>();
    List<Thread> helpers = new ArrayList<>();
    try {
      for (int t = 1; t < threads; t++) {
        int thread = t;
        Thread helper =
            new Thread(() -> runGuarded(body, thread, barrier, failures), "sparkae-replica-" + t);
        helper.setDaemon(true);
        helper.start();
        helpers.add(helper);
      }
      runGuarded(body, 0, barrier, failures);
    } catch (OutOfMemoryError noThread) {
      failures.add(noThread);
      barrier.breakUp();
    }
    joinAll(helpers, barrier);
    for (Throwable failure : failures) {
      if (!(failure instanceof CancellationException)) {
        rethrow(failure);
      }
    }
  }

  /** Waits for them even if it is interrupted, as they compute in arrays of the replica. */
  private static void joinAll(List<Thread> helpers, StepBarrier barrier)
      throws InterruptedException {
    InterruptedException interrupted = null;
    for (Thread helper : helpers) {
      while (helper.isAlive()) {
        try {
          helper.join();
        } catch (InterruptedException e) {
          interrupted = e;
          barrier.breakUp();
        }
      }
    }
    if (interrupted != null) {
      throw interrupted;
    }
  }

  private static void rethrow(Throwable failure) throws InterruptedException {
    if (failure instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  private static void runGuarded(
      Body body, int thread, StepBarrier barrier, List<Throwable> failures) {
    try {
      body.run(thread, barrier);
    } catch (Throwable failure) { // handed to the task's own thread
      synchronized (failures) {
        failures.add(failure);
      }
      barrier.breakUp();
    }
  }
}
