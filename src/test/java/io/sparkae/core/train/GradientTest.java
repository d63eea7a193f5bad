package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.sparkae.core.Seed;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Sums;
import io.sparkae.core.objective.Term;
import io.sparkae.core.objective.Workspace;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.random.RandomStreams;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The direction over all rows, summed in double. */
class GradientTest {
  private static final RoundTask TASK = new RoundTask(RoundTask.Kind.GRADIENT, 0, 0, 1);

  /** Rows of a piece of one lane. */
  private static final int PIECE = 256;

  static TrainingSettings settings(int replicas, int microBatches) {
    return new TrainingSettings(
        OptimizerSettings.DEFAULT.withKind(OptimizerSettings.Kind.LBFGS),
        Map.of(),
        1,
        1,
        Averaging.LOCAL,
        replicas,
        microBatches,
        0,
        17);
  }

  /** What the driver gets from each replica at the initial weights. */
  private static List<RoundResult> run(
      Objective objective, int replicas, int microBatches, int cores, Block all) {
    TrainingSettings settings = settings(replicas, microBatches);
    TrainingPlan plan = TrainingPlan.of(settings, all.rows(), 1, cores, false);
    return new InProcessReplicas(objective, plan, all)
        .run(RoundState.initial(objective, settings), TASK);
  }

  private static double[][] total(Objective objective, List<RoundResult> results) {
    double[][] total = GradientSum.room(objective);
    for (RoundResult result : results) {
      for (int t = 0; t < total.length; t++) {
        for (int i = 0; i < total[t].length; i++) {
          total[t][i] += result.gradients()[t][i];
        }
      }
    }
    return total;
  }

  private static double largestLoss(List<RoundResult> results) {
    return Math.max(
        1,
        results.stream()
            .flatMapToDouble(result -> Arrays.stream(result.sums().losses()).map(Math::abs))
            .sum());
  }

  /** Of a term's elements relative to the largest one. */
  private static double worst(Term term, double[] actual, double[] expected) {
    double largest = 0;
    double worst = 0;
    for (int i = term.from(); i < term.to(); i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
    }
    assertThat(largest).isPositive();
    return worst / largest;
  }

  @ParameterizedTest
  @EnumSource
  void isTheSumOfTheDirectionsOfTheRows(Example example) {
    Objective objective = example.objective;
    int rows = 2 * PIECE + 77;
    Block all = example.rows(Seed.random("gradient"), rows);
    double[][] expected = GradientSum.room(objective);
    TrainingSettings settings = settings(1, 1);
    RoundState start = RoundState.initial(objective, settings);
    Minibatch minibatch = new Minibatch(objective.columns(), 1);
    Pass pass = new Pass(minibatch, new RandomStreams(settings.seed()));
    Workspace workspace = objective.newWorkspace(minibatch);
    Sums sums = new Sums(objective);
    double[] losses = new double[objective.losses().size()];
    for (int row = 0; row < rows; row++) {
      new Shard(List.of(all)).copyRow(row, minibatch, 0);
      minibatch.setRows(1);
      pass.set(start.parameters(), start.statistics(), 0, 0);
      sums.clear();
      workspace.compute(pass, sums);
      for (int t = 0; t < expected.length; t++) {
        for (int i = 0; i < expected[t].length; i++) {
          expected[t][i] += sums.directions()[t][i];
        }
      }
      Arrays.setAll(losses, l -> losses[l] + sums.losses()[l]);
    }
    for (int[] shape : new int[][] {{1, 1}, {1, 3}, {4, 2}}) {
      List<RoundResult> results = run(objective, shape[0], shape[1], 1, all);
      double[][] total = total(objective, results);
      for (int t = 0; t < expected.length; t++) {
        assertThat(worst(objective.terms().get(t), total[t], expected[t])).isLessThan(1e-6);
      }
      assertThat(results.stream().mapToLong(RoundResult::rows).sum()).isEqualTo(rows);
      for (int l = 0; l < losses.length; l++) {
        int loss = l;
        double sum = results.stream().mapToDouble(r -> r.sums().losses()[loss]).sum();
        assertThat(sum).isCloseTo(losses[l], within(1e-6 * largestLoss(results)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void threadsLeaveNoTraceInTheBits(Example example) {
    Block all = example.rows(Seed.random("gradient"), 3 * PIECE + 5);
    List<RoundResult> one = run(example.objective, 2, 3, 1, all);
    for (int threads : new int[] {4, 6}) { // of two replicas
      List<RoundResult> several = run(example.objective, 2, 3, threads / 2, all);
      for (int r = 0; r < 2; r++) {
        assertThat(several.get(r).toBytes()).isEqualTo(one.get(r).toBytes());
      }
    }
  }

  /** Rows that fall into the same pieces: sums in double, in another order. */
  @ParameterizedTest
  @EnumSource
  void sevenReplicasAgreeWithOneBeyondFloats(Example example) {
    Block all = example.rows(Seed.random("gradient"), 7 * PIECE);
    double[][] one = total(example.objective, run(example.objective, 1, 1, 1, all));
    double[][] seven = total(example.objective, run(example.objective, 7, 1, 1, all));
    for (int t = 0; t < one.length; t++) {
      assertThat(worst(example.objective.terms().get(t), seven[t], one[t])).isLessThan(1e-12);
    }
  }

  @ParameterizedTest
  @EnumSource
  void piecesAllocateNothing(Example example) throws InterruptedException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int rows = 40 * PIECE;
    TrainingPlan plan = TrainingPlan.of(settings(1, 1), rows, 1, 1, false);
    Worker worker = new Worker(example.objective, plan, rows);
    Block all = example.rows(Seed.random("allocation"), rows);
    Shard many = new Shard(List.of(all));
    Shard few = new Shard(List.of(all.slice(0, rows / 4)));
    byte[] state =
        RoundState.initial(example.objective, plan.settings()).toBytes(RoundTask.Kind.GRADIENT);
    for (int warm = 0; warm < 3; warm++) {
      worker.run(many, state, TASK);
      worker.run(few, state, TASK);
    }
    long start = threads.getCurrentThreadAllocatedBytes();
    worker.run(few, state, TASK);
    long middle = threads.getCurrentThreadAllocatedBytes();
    worker.run(many, state, TASK);
    long end = threads.getCurrentThreadAllocatedBytes();
    assertThat(((end - middle) - (middle - start)) / 30.0).isLessThanOrEqualTo(8);
    assertThat(middle - start).isPositive(); // the meter runs: a round itself allocates
  }

  @Test
  void replicasWithoutRowsGiveNothing() {
    Example example = Example.AUTOENCODER;
    Block all = example.rows(Seed.random("gradient"), 3);
    List<RoundResult> results = run(example.objective, 5, 2, 2, all);
    assertThat(results).extracting(RoundResult::rows).containsExactly(0L, 1L, 0L, 1L, 1L);
    assertThat(results.get(0).gradients()[0]).containsOnly(0);
    double[][] one = total(example.objective, run(example.objective, 1, 1, 1, all));
    assertThat(
            worst(example.objective.terms().get(0), total(example.objective, results)[0], one[0]))
        .isLessThan(1e-6);
  }

  @Test
  void interruptedTaskStops() {
    Example example = Example.AUTOENCODER;
    TrainingPlan plan = TrainingPlan.of(settings(1, 2), 5 * PIECE, 1, 2, false);
    Worker worker = new Worker(example.objective, plan, 5 * PIECE);
    Shard rows = new Shard(List.of(example.rows(Seed.random("stop"), 5 * PIECE)));
    byte[] state =
        RoundState.initial(example.objective, plan.settings()).toBytes(RoundTask.Kind.GRADIENT);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> worker.run(rows, state, TASK))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }
}
