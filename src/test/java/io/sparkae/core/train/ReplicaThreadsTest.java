package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplicaThreadsTest {
  @Test
  void aThreadThatIsInterruptedWhileItWaitsForTheOthersWaitsOnAndTells()
      throws InterruptedException {
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    AtomicReference<Throwable> told = new AtomicReference<>();
    Thread replica =
        new Thread(
            () -> {
              try {
                ReplicaThreads.run(
                    2,
                    (thread, barrier) -> {
                      if (thread == 1) {
                        computing.countDown();
                        done.await();
                        barrier.await(); // where nobody comes
                      }
                    });
              } catch (Throwable failure) {
                told.set(failure);
              }
            });
    replica.start();
    computing.await();
    while (replica.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    replica.interrupt();
    replica.join(200);
    assertThat(replica.isAlive()).as("while another thread computes").isTrue();
    done.countDown();
    replica.join();
    assertThat(told.get()).isInstanceOf(InterruptedException.class);
  }
}
