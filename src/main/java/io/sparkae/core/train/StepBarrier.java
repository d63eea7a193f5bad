package io.sparkae.core.train;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the threads of a replica meet twice in every step: spins for a moment, then waits.
 * Allocates nothing.
 */
final class StepBarrier {
  private static final int SPINS = 20_000;

  private final int parties;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int phase;
  private volatile boolean broken;

  StepBarrier(int parties) {
    this.parties = parties;
  }

  /** Lets nobody wait any longer: one of the threads has failed. */
  void breakUp() {
    broken = true;
    synchronized (this) {
      notifyAll();
    }
  }

  /**
   * Waits until every thread is here.
   *
   * @throws CancellationException if another thread has failed
   * @throws InterruptedException if this one is to stop
   */
  void await() throws InterruptedException {
    if (parties == 1) {
      return;
    }
    int mine = phase;
    if (arrived.incrementAndGet() == parties) {
      arrived.set(0);
      synchronized (this) {
        phase = mine + 1;
        notifyAll();
      }
    } else {
      for (int i = 0; i < SPINS && phase == mine && !broken; i++) {
        Thread.onSpinWait();
      }
      synchronized (this) {
        while (phase == mine && !broken) {
          wait();
        }
      }
    }
    if (broken) {
      throw new CancellationException("another thread of the replica has failed");
    }
  }
}
