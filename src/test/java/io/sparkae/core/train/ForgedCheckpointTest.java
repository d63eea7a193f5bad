package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.sparkae.core.Seed;
import io.sparkae.core.checkpoint.ChangedCheckpoint;
import io.sparkae.core.checkpoint.Fingerprint;
import io.sparkae.core.checkpoint.MemoryStore;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.optimize.FullBatchOptimizer;
import io.sparkae.core.optimize.FullBatchSettings;
import io.sparkae.core.optimize.OptimizerSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checkpoints with changed bytes whose checksum was made to fit: read in vain, but in order. */
class ForgedCheckpointTest {
  private static final int MUTATIONS = 20_000;
  private static final int HEAD = Long.BYTES + Integer.BYTES;
  private static final int ITERATIONS = 4;

  /** That a training of so little may allocate, with classes that are loaded meanwhile. */
  private static final long MOST_BYTES = 8_000_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Example EXAMPLE = Example.STATISTICS;

  /** Ends a training that has begun. */
  private static final class Begun extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final MemoryStore store = new MemoryStore();
  private final List<String> warnings = new ArrayList<>();

  private void train(boolean resume, TrainingListener listener) throws IOException {
    TrainingSettings settings =
        EXAMPLE
            .settings(Averaging.LOCAL, 7, 2, 1, 2)
            .withValidation(new ValidationSettings(0, 2, 0));
    Block rows = EXAMPLE.rows(new Random(5), 20);
    TrainingPlan plan = TrainingPlan.of(settings, rows.rows(), 1, 1, false);
    new TrainingLoop(
            EXAMPLE.objective,
            plan,
            InProcessReplicas.of(EXAMPLE.objective, plan, rows, rows),
            listener,
            RoundState.initial(EXAMPLE.objective, settings),
            TrainingCheckpoints.open(
                store, 1, resume, new Fingerprint(Map.of("model", "tiny")), warnings::add))
        .run();
  }

  /**
   * Goes on downhill by steps of 0.1 times the gradient, and remembers nothing else.
   *
   * @param more elements by which what it says to remember is too long
   * @param later iterations by which it says to be further than it is
   */
  private record Descent(int more, int later) implements FullBatchOptimizer {
    @Override
    public Iterator<Iterate> minimize(Objective objective, double[] start) {
      return from(objective, 0, start);
    }

    @Override
    public Iterator<Iterate> resume(Objective objective, Memory memory) {
      return from(objective, memory.iteration(), memory.point());
    }

    private Iterator<Iterate> from(Objective objective, int done, double[] start) {
      return Stream.iterate(iterate(objective, done, start), last -> next(objective, last))
          .skip(1)
          .limit(Math.max(0, ITERATIONS - done))
          .iterator();
    }

    private Iterate next(Objective objective, Iterate last) {
      double[] next = last.point().clone();
      double[] gradient = objective.at(next).gradient();
      Arrays.setAll(next, i -> next[i] - 0.1 * gradient[i]);
      return iterate(objective, last.iteration() + 1, next);
    }

    private Iterate iterate(Objective objective, int done, double[] point) {
      Memory memory =
          new Memory(
              done + later,
              point,
              objective.at(point),
              new double[3],
              new double[2],
              List.of(point, new double[point.length + more]));
      return new Iterate(done, point, Optional.empty(), Optional.of(memory));
    }
  }

  private void trainOnAllRows(boolean resume, TrainingListener listener) throws IOException {
    trainOnAllRows(new Descent(0, 0), resume, listener);
  }

  private void trainOnAllRows(Descent descent, boolean resume, TrainingListener listener)
      throws IOException {
    TrainingSettings settings =
        new TrainingSettings(
            OptimizerSettings.DEFAULT
                .withKind(OptimizerSettings.Kind.LBFGS)
                .withFullBatch(new FullBatchSettings(ITERATIONS, 0)),
            Map.of(),
            1,
            1,
            Averaging.LOCAL,
            2,
            1,
            0,
            3);
    Block rows = Example.AUTOENCODER.rows(new Random(5), 20);
    Objective objective = Example.AUTOENCODER.objective;
    TrainingPlan plan = TrainingPlan.of(settings, rows.rows(), 1, 1, false);
    new FullBatchLoop(
            objective,
            plan,
            InProcessReplicas.of(objective, plan, rows, null),
            listener,
            RoundState.initial(objective, settings),
            descent,
            TrainingCheckpoints.open(
                store, 1, resume, new Fingerprint(Map.of("model", "tiny")), warnings::add))
        .run();
  }

  private static byte[] mutated(byte[] whole, Random random) {
    int length =
        random.nextInt(10) == 0
            ? HEAD + ChangedCheckpoint.TAIL + random.nextInt(whole.length)
            : whole.length;
    byte[] bytes = Arrays.copyOf(whole, length);
    for (int change = 0; change <= random.nextInt(4); change++) {
      int at = HEAD + random.nextInt(length - HEAD - ChangedCheckpoint.TAIL + 1);
      bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) 0x7f;
    }
    ChangedCheckpoint.seal(bytes);
    return bytes;
  }

  /** A training that may go on from a checkpoint. */
  private interface Training {
    void run(boolean resume, TrainingListener listener) throws IOException;
  }

  @Test
  void whateverIsInAFileItIsReadLeftOutOrRefusedInOneLine() throws IOException {
    assertReadLeftOutOrRefused(this::train);
  }

  @Test
  void whateverIsInAFileOfAnOptimizersMemoryItIsReadLeftOutOrRefusedInOneLine() throws IOException {
    assertReadLeftOutOrRefused(this::trainOnAllRows);
  }

  /** Starts from the older of the two checkpoints that are kept: in between. */
  private void assertReadLeftOutOrRefused(Training training) throws IOException {
    training.run(false, TrainingListener.NONE);
    byte[] whole = store.files().get(new TreeSet<>(store.files().keySet()).first());
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void onRound(RoundEvent event) {
            throw new Begun();
          }
        };
    Random random = Seed.random("forged checkpoints");
    int begun = 0;
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      store.files().clear();
      store.files().put("checkpoint-00000001", mutated(whole, random));
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        training.run(true, stopper);
        begun++; // and had ended
      } catch (Begun | TrainingException expected) {
        begun++;
      } catch (IllegalArgumentException expected) {
        assertThat(expected.getMessage()).startsWith("resume: ").hasLineCount(1);
        refused++;
      }
      assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
          .as("bytes that were allocated")
          .isLessThan(MOST_BYTES);
    }
    assertThat(begun + refused).isEqualTo(MUTATIONS);
    assertThat(begun).isPositive();
    assertThat(refused).isPositive();
    assertThat(warnings).isNotEmpty();
  }

  private void assertNoSuchTraining(Descent descent) throws IOException {
    store.files().clear();
    trainOnAllRows(descent, false, TrainingListener.NONE);
    store.files().remove(new TreeSet<>(store.files().keySet()).last());
    assertThatThrownBy(() -> trainOnAllRows(true, TrainingListener.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("resume: the checkpoint is of no such training: leave resume out");
  }

  @Test
  void memoryThatIsNotOfTheTrainingIsRefused() throws IOException {
    assertNoSuchTraining(new Descent(1, 0));
    assertNoSuchTraining(new Descent(0, 1));
  }
}
