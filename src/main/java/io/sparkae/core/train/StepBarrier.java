package io.sparkae.core.train;

import io.sparkae.core.graph.Team;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the threads of a replica meet in every step: spins for a moment, then waits. Allocates
 * nothing.
 */
final class StepBarrier implements Team.Meeting {
  private static final int SPINS = 20_000;

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private final int parties;
  private final int spins;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int phase;
  private volatile boolean broken;

  StepBarrier(int parties) {
    this.parties = parties;
    this.spins = parties > CORES ? 0 : SPINS; // else who is waited for may have no core
  }

  /** Lets nobody wait any longer: one of the threads has failed. */
  void breakUp() {
    broken = true;
    synchronized (this) {
      notifyAll();
    }
  }

  /** The same; an interrupt is the cause of the exception. */
  @Override
  public void meet() {
    try {
      await();
    } catch (InterruptedException interrupted) {
      CancellationException failure = new CancellationException("the replica was asked to stop");
      failure.initCause(interrupted);
      throw failure;
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
      for (int i = 0; i < spins && phase == mine && !broken; i++) {
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
