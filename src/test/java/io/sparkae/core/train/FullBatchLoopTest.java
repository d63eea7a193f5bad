package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.ParameterGroup;
import io.sparkae.core.objective.Penalties;
import io.sparkae.core.optimize.FullBatchOptimizer;
import io.sparkae.core.optimize.FullBatchOptimizer.Evaluation;
import io.sparkae.core.optimize.FullBatchOptimizer.Iterate;
import io.sparkae.core.optimize.FullBatchSettings;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.seam.PartlyLabelled;
import io.sparkae.core.seam.TinyRbm;
import io.sparkae.core.seam.TinySparsity;
import io.sparkae.core.seam.TinyStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A full-batch training on the driver's side, with an optimizer that only goes downhill. */
class FullBatchLoopTest {
  private static final int ROWS = 301;

  /** Of central differences over 2⁻⁵ of slopes near 1. */
  private static final double SLOPE = 2e-4;

  private static final OptimizerSettings LBFGS =
      OptimizerSettings.DEFAULT.withKind(OptimizerSettings.Kind.LBFGS);

  private static TrainingSettings settings(int iterations, int replicas) {
    return new TrainingSettings(
        LBFGS.withFullBatch(new FullBatchSettings(iterations, 0)),
        Map.of(),
        1,
        1,
        Averaging.LOCAL,
        replicas,
        2,
        0,
        17);
  }

  /** Gradient descent, which ends after so many iterations. */
  private static FullBatchOptimizer descent(double stepSize, int iterations, String ended) {
    return (objective, start) ->
        Stream.iterate(
                new Iterate(0, start, Optional.empty()),
                last -> {
                  Evaluation here = objective.at(last.point());
                  double[] next = last.point().clone();
                  Arrays.setAll(next, i -> next[i] - stepSize * here.gradient()[i]);
                  boolean last1 = last.iteration() + 1 == iterations;
                  return new Iterate(
                      last.iteration() + 1,
                      next,
                      last1 ? Optional.ofNullable(ended) : Optional.empty());
                })
            .skip(1)
            .limit(iterations)
            .iterator();
  }

  private static TrainingResult train(
      Objective objective,
      TrainingSettings settings,
      FullBatchOptimizer optimizer,
      Block rows,
      Block validationRows,
      TrainingListener listener) {
    TrainingPlan plan = TrainingPlan.of(settings, rows.rows(), 1, 2, objective.couplesRows());
    return new FullBatchLoop(
            objective,
            plan,
            InProcessReplicas.of(objective, plan, rows, validationRows),
            listener,
            RoundState.initial(objective, settings),
            optimizer)
        .run();
  }

  private static TrainingResult train(
      Objective objective, TrainingSettings settings, FullBatchOptimizer optimizer, Block rows) {
    return train(objective, settings, optimizer, rows, null, TrainingListener.NONE);
  }

  /** What an optimizer is told at some points: the first is the start. */
  private static List<Evaluation> evaluations(
      Objective objective, int replicas, Block rows, double[]... points) {
    List<Evaluation> seen = new ArrayList<>();
    FullBatchOptimizer looks =
        (function, start) -> {
          seen.add(function.at(start));
          for (double[] point : points) {
            seen.add(function.at(point));
          }
          return List.of(new Iterate(1, start, Optional.empty())).iterator();
        };
    train(objective, settings(1, replicas), looks, rows);
    return seen;
  }

  private static double[] point(Random random, int size) {
    return random.doubles(size, -0.7, 0.7).map(v -> (float) v).toArray();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** The loss in double, ρ̂ over all rows included, without trainer and floats. */
  private static double loss(TinySparsity objective, double[] parameters, float[][] x) {
    double squares = 0;
    double[] sums = null;
    for (float[] row : x) {
      double[] h = objective.activations(floats(parameters), row, 0);
      sums = sums == null ? new double[h.length] : sums;
      for (int j = 0; j < h.length; j++) {
        squares += 0.5 * h[j] * h[j];
        sums[j] += h[j];
      }
    }
    double divergence = Arrays.stream(sums).map(s -> TinySparsity.divergence(s / x.length)).sum();
    return squares / x.length + divergence;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void statisticsOfAllRowsBelongToTheParametersThatAreLookedAt(int replicas) {
    TinySparsity objective = new TinySparsity(4, 3);
    Random random = Seed.random("sparsity");
    float[][] x = Data.uniform(random, ROWS, 4);
    double[] here = point(random, objective.layout().size());
    Evaluation seen =
        evaluations(objective, replicas, Data.block(objective.columns(), x), here).get(1);
    assertThat(seen.value()).isCloseTo(loss(objective, here, x), within(1e-9));
    double h = 1.0 / (1 << 10); // a step that floats can make
    for (int i = 0; i < here.length; i++) {
      double[] up = here.clone();
      double[] down = here.clone();
      up[i] = (float) (up[i] + h);
      down[i] = (float) (down[i] - h);
      double slope = (loss(objective, up, x) - loss(objective, down, x)) / (up[i] - down[i]);
      assertThat(seen.gradient()[i]).isCloseTo(slope, within(2e-6));
    }
  }

  /** Two losses over different rows, each term divided by its own weight. */
  private static Objective partlyLabelled() {
    return new PartlyLabelled(3);
  }

  private static Objective sparse() {
    AutoencoderSettings settings =
        new AutoencoderSettings(
                List.of(),
                3,
                Activation.SIGMOID,
                Activation.SIGMOID,
                Activation.SIGMOID,
                LossKind.CROSS_ENTROPY,
                true,
                0.01)
            .with(new Penalties(0.01, 0, 0, 0, 0, 2, 0.1, 0.9, 0));
    return new AutoencoderObjective(new AutoencoderNetwork(3, settings), false);
  }

  private static Stream<Objective> objectives() {
    return Stream.of(partlyLabelled(), sparse());
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void gradientIsThatOfTheValue(Objective objective) {
    Random random = Seed.random("slopes");
    float[][] x = Data.uniform(random, ROWS, 3);
    Block rows =
        objective.columns().size() == 1
            ? Data.block(objective.columns(), x)
            : Data.block(objective.columns(), x, Data.labels(random, ROWS));
    double[] here = point(random, objective.layout().size());
    double h = 1.0 / (1 << 6);
    double[][] points = new double[2 * here.length + 1][];
    points[0] = here;
    for (int i = 0; i < here.length; i++) {
      points[2 * i + 1] = here.clone();
      points[2 * i + 2] = here.clone();
      points[2 * i + 1][i] += h;
      points[2 * i + 2][i] -= h;
    }
    List<Evaluation> seen = evaluations(objective, 3, rows, points);
    for (int i = 0; i < here.length; i++) {
      double slope = (seen.get(2 * i + 2).value() - seen.get(2 * i + 3).value()) / (2 * h);
      assertThat(seen.get(1).gradient()[i]).isCloseTo(slope, within(SLOPE));
    }
  }

  @Test
  void eachIterationIsAnEntryOfTheCurveWithTheLossBehindIt() {
    Example example = Example.AUTOENCODER;
    Block rows = example.rows(Seed.random("loop"), ROWS);
    List<String> heard = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStart(TrainingPlan plan) {
            heard.add("start " + plan.epochs() + " " + plan.epochName());
          }

          @Override
          public void onRound(RoundEvent event) {
            heard.add("look " + event.epoch() + " " + event.rows() + " " + event.loss());
          }

          @Override
          public void onEpoch(EpochEvent event) {
            heard.add("iteration " + event.epoch() + "/" + event.epochs() + " " + event.rows());
          }

          @Override
          public void onConverged(int iteration, String reason) {
            heard.add("converged " + iteration + " " + reason);
          }

          @Override
          public void onEnd() {
            heard.add("end");
          }
        };
    List<Evaluation> seen = new ArrayList<>();
    FullBatchOptimizer descent = descent(0.1, 2, "enough");
    FullBatchOptimizer noted =
        (function, start) ->
            descent.minimize(
                point -> {
                  seen.add(function.at(point));
                  return seen.get(seen.size() - 1);
                },
                start);
    TrainingResult result = train(example.objective, settings(7, 2), noted, rows, null, listener);
    assertThat(result.epochs()).hasSize(2);
    double first = result.epochs().get(0).loss();
    double second = result.epochs().get(1).loss();
    assertThat(first).isEqualTo(seen.get(1).value()).isLessThan(seen.get(0).value());
    assertThat(second).isLessThan(first);
    assertThat(heard)
        .containsExactly(
            "start 7 iteration",
            "look 0 301 " + seen.get(0).value(),
            "look 0 301 " + first,
            "iteration 0/7 602",
            "look 1 301 " + second,
            "iteration 1/7 301",
            "converged 1 enough",
            "end");
    assertThat(result.stoppedEarly()).isTrue();
    assertThat(result.bestEpoch()).isEqualTo(1);
    assertThat(result.state().step()).isEqualTo(2);
    double length = 0.1 * Math.sqrt(Arrays.stream(seen.get(0).gradient()).map(g -> g * g).sum());
    assertThat(result.epochs().get(0).stepSize()).isCloseTo(length, within(1e-12));
  }

  @Test
  void descentIsThatOfSynchronousSteps() {
    Example example = Example.AUTOENCODER;
    Block rows = example.rows(Seed.random("loop"), ROWS);
    TrainingSettings synchronous =
        new TrainingSettings(
            OptimizerSettings.DEFAULT.withKind(OptimizerSettings.Kind.SGD).withStepSize(0.1),
            Map.of(),
            ROWS,
            5,
            Averaging.SYNCHRONOUS,
            2,
            2,
            0,
            17);
    float[] expected =
        InProcessReplicas.train(example.objective, synchronous, 1, rows).state().parameters();
    float[] actual =
        train(example.objective, settings(5, 2), descent(0.1, 5, null), rows).state().parameters();
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-6f));
    }
  }

  @Test
  void bestIterateIsKeptAndPatienceEndsTheTraining() {
    Example example = Example.AUTOENCODER;
    Random random = Seed.random("loop");
    Block rows = example.rows(random, 20);
    Block held = example.rows(random, 20);
    FullBatchOptimizer away = descent(-2, 9, null); // uphill: the first iterate is the best
    List<Integer> stopped = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onEarlyStop(int epoch, int bestEpoch, double bestLoss) {
            stopped.addAll(List.of(epoch, bestEpoch));
          }
        };
    TrainingSettings settings = settings(9, 2).withValidation(new ValidationSettings(0, 3, 0));
    TrainingResult result = train(example.objective, settings, away, rows, held, listener);
    assertThat(stopped).containsExactly(3, 0);
    assertThat(result.epochs()).hasSize(4);
    assertThat(result.epochs().get(1).validationLoss())
        .isGreaterThan(result.epochs().get(0).validationLoss());
    assertThat(result.bestEpoch()).isZero();
    assertThat(result.state().parameters())
        .containsExactly(
            train(example.objective, settings(1, 2), descent(-2, 1, null), rows)
                .state()
                .parameters());
  }

  /** It has looked elsewhere last; and has found its start to be the end. */
  @Test
  void endOfASearchInVainIsWhereItBegan() {
    Objective objective = new TinySparsity(4, 3);
    Block rows = Data.block(objective.columns(), Data.uniform(Seed.random("vain"), 9, 4));
    FullBatchOptimizer vain =
        (function, start) -> {
          double[] elsewhere = start.clone();
          elsewhere[0] += 1;
          function.at(elsewhere);
          return List.of(new Iterate(0, start, Optional.of("in vain"))).iterator();
        };
    TrainingResult result = train(objective, settings(5, 1), vain, rows);
    RoundState start = RoundState.initial(objective, settings(5, 1));
    assertThat(result.epochs()).hasSize(1);
    assertThat(result.state().parameters()).containsExactly(start.parameters());
    FullBatchOptimizer later =
        (function, from) -> {
          Iterator<Iterate> step = descent(0.1, 1, null).minimize(function, from);
          Iterate first = step.next();
          return Stream.of(1, 2)
              .map(
                  i -> {
                    if (i == 1) {
                      return first;
                    }
                    function.at(new double[from.length]);
                    return new Iterate(1, first.point(), Optional.of("in vain"));
                  })
              .iterator();
        };
    TrainingResult second = train(objective, settings(5, 1), later, rows);
    assertThat(second.epochs()).hasSize(1);
    TrainingResult straight = train(objective, settings(5, 1), descent(0.1, 1, null), rows);
    assertThat(second.state().parameters()).containsExactly(straight.state().parameters());
    assertThat(second.state().statistics()).isDeepEqualTo(straight.state().statistics());
  }

  @Test
  void frozenGroupsStay() {
    Objective objective =
        new ForwardingObjective(Example.AUTOENCODER.objective) {
          private static final long serialVersionUID = 1L;

          @Override
          public List<ParameterGroup> groups() {
            return List.of(
                new ParameterGroup("first", 0, 10),
                new ParameterGroup("rest", 10, layout().size()));
          }
        };
    TrainingSettings all = settings(3, 1);
    TrainingSettings settings =
        new TrainingSettings(
            all.optimizer(),
            Map.of("first", LBFGS.withKind(OptimizerSettings.Kind.FROZEN)),
            1,
            1,
            Averaging.LOCAL,
            1,
            1,
            0,
            17);
    float[] start = RoundState.initial(objective, settings).parameters();
    Block rows = Example.AUTOENCODER.rows(Seed.random("frozen"), 30);
    float[] end = train(objective, settings, descent(0.1, 3, null), rows).state().parameters();
    assertThat(Arrays.copyOf(end, 10)).containsExactly(Arrays.copyOf(start, 10));
    assertThat(Arrays.copyOfRange(end, 10, end.length))
        .isNotEqualTo(Arrays.copyOfRange(start, 10, end.length));
  }

  @Test
  void groupsWithOtherRulesAreRefused() {
    assertThatThrownBy(
            () ->
                new TrainingSettings(
                    LBFGS,
                    Map.of("x", OptimizerSettings.DEFAULT),
                    1,
                    1,
                    Averaging.LOCAL,
                    1,
                    1,
                    0,
                    1))
        .hasMessage(
            "the optimizer of group x must be frozen, or one that takes minibatches as all others"
                + " do, not adam");
  }

  @Test
  void preparedStatisticsAreFilledBefore() {
    TinyStatistics objective = new TinyStatistics(2);
    Objective without =
        new ForwardingObjective(objective) {
          private static final long serialVersionUID = 1L;

          @Override
          public List<String> preparedStatistics() {
            return objective.preparedStatistics();
          }
        };
    Block rows =
        Data.block(List.of(ColumnSpec.dense("features", 2)), new float[][] {{1, 2}, {3, 6}});
    TrainingResult result = train(without, settings(1, 2), descent(0.1, 1, null), rows);
    assertThat(result.state().statistics()[1]).containsExactly(2, 4);
  }

  @Test
  void inexactObjectivesAreRefusedWithTheReason() {
    Objective noisy =
        new ForwardingObjective(new TinyRbm(4, 2)) {
          private static final long serialVersionUID = 1L;

          @Override
          public String inexactBecause() {
            return "corruption draws at random";
          }
        };
    assertThatThrownBy(
            () -> FullBatchLoop.requireSuited(noisy, "optimizer", OptimizerSettings.Kind.LBFGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "optimizer lbfgs needs the exact gradient of one function, but corruption draws at"
                + " random: use adam, or another optimizer that takes minibatches");
    FullBatchLoop.requireSuited(noisy, "optimizer", OptimizerSettings.Kind.ADAM);
    assertThatThrownBy(
            () ->
                FullBatchLoop.requireSuited(
                    new TinyStatistics(2), "optimizer", OptimizerSettings.Kind.LBFGS))
        .hasMessageContaining("but what it minimises changes from one pass over the rows");
    Objective pairs =
        new ForwardingObjective(Example.AUTOENCODER.objective) {
          private static final long serialVersionUID = 1L;

          @Override
          public boolean couplesRows() {
            return true;
          }
        };
    assertThatThrownBy(
            () -> FullBatchLoop.requireSuited(pairs, "optimizer", OptimizerSettings.Kind.LBFGS))
        .hasMessageContaining("but what it minimises couples the rows");
  }

  @Test
  void lossThatIsNoNumberAtTheStartIsOneLine() {
    Objective objective = Example.AUTOENCODER.objective;
    Block rows = Data.block(objective.columns(), new float[][] {{1, 2, Float.NaN, 4, 5, 6}});
    assertThatThrownBy(() -> train(objective, settings(3, 1), descent(1, 3, null), rows))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "the loss or its gradient is not finite at the initial weights: row 0 of the training"
                + " rows holds NaN at element 2 of its features: scaled features may help");
  }

  @Test
  void pointsBeyondFloatsHaveAnInfiniteValue() {
    Objective objective = Example.AUTOENCODER.objective;
    Block rows = Example.AUTOENCODER.rows(Seed.random("beyond"), 30);
    double[] far = new double[objective.layout().size()];
    Arrays.fill(far, 1e39);
    assertThat(evaluations(objective, 2, rows, far).get(1).value())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }
}
