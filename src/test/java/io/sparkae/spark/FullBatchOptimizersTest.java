package io.sparkae.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.optimize.FullBatchOptimizer;
import io.sparkae.core.optimize.FullBatchOptimizer.Evaluation;
import io.sparkae.core.optimize.FullBatchOptimizer.Iterate;
import io.sparkae.core.optimize.FullBatchSettings;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.optimize.OptimizerSettings.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Breeze's optimizers on functions whose minima are known. */
class FullBatchOptimizersTest {
  private static FullBatchOptimizer optimizer(Kind kind, int maxIter, double tolerance) {
    return FullBatchOptimizers.of(
        OptimizerSettings.DEFAULT
            .withKind(kind)
            .withFullBatch(new FullBatchSettings(maxIter, tolerance)));
  }

  private static List<Iterate> walk(
      FullBatchOptimizer optimizer, FullBatchOptimizer.Objective objective, double... start) {
    List<Iterate> iterates = new ArrayList<>();
    optimizer.minimize(objective, start).forEachRemaining(iterates::add);
    return iterates;
  }

  private static Iterate last(List<Iterate> iterates) {
    return iterates.get(iterates.size() - 1);
  }

  /** ½ Σ (i + 1)·(xᵢ − i)²: its minimum is 0 at (0, 1, 2, …). */
  private static Evaluation bowl(double[] x) {
    double value = 0;
    double[] gradient = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      value += 0.5 * (i + 1) * (x[i] - i) * (x[i] - i);
      gradient[i] = (i + 1) * (x[i] - i);
    }
    return new Evaluation(value, gradient);
  }

  /** (1 − x)² + 100·(y − x²)²: a bent valley whose lowest point is (1, 1) (Rosenbrock 1960). */
  private static Evaluation valley(double[] at) {
    double x = at[0];
    double y = at[1];
    double bend = y - x * x;
    return new Evaluation(
        (1 - x) * (1 - x) + 100 * bend * bend,
        new double[] {-2 * (1 - x) - 400 * x * bend, 200 * bend});
  }

  /** Rosenbrock's valleys one behind the other, along all neighbouring coordinates. */
  private static Evaluation chain(double[] x) {
    double value = 0;
    double[] gradient = new double[x.length];
    for (int i = 0; i + 1 < x.length; i++) {
      Evaluation pair = valley(new double[] {x[i], x[i + 1]});
      value += pair.value();
      gradient[i] += pair.gradient()[0];
      gradient[i + 1] += pair.gradient()[1];
    }
    return new Evaluation(value, gradient);
  }

  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CONJUGATE_GRADIENT"})
  void bowlIsWalkedToItsGroundInAboutAsManyIterationsAsItHasCurvatures(Kind kind) {
    double[] start = new double[8];
    List<Iterate> iterates = walk(optimizer(kind, 200, 1e-9), FullBatchOptimizersTest::bowl, start);
    Iterate end = last(iterates);
    for (int i = 0; i < start.length; i++) {
      assertThat(end.point()[i]).isCloseTo(i, within(1e-6));
    }
    assertThat(end.iteration()).isBetween(2, 25);
    assertThat(end.ended()).hasValue("the gradient is as short as tol asks for");
    assertThat(iterates)
        .extracting(Iterate::iteration)
        .containsExactlyElementsOf(
            java.util.stream.IntStream.rangeClosed(1, end.iteration()).boxed().toList());
  }

  /** Steepest descent takes thousands of steps here. */
  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CONJUGATE_GRADIENT"})
  void bentValleyIsFollowedToItsEnd(Kind kind) {
    Iterate end = last(walk(optimizer(kind, 100, 1e-12), FullBatchOptimizersTest::valley, -1.2, 1));
    assertThat(end.point()).containsExactly(new double[] {1, 1}, within(1e-4));
    assertThat(end.iteration()).isLessThan(60);
  }

  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CONJUGATE_GRADIENT"})
  void valuesFallFromIterateToIterate(Kind kind) {
    double before = valley(new double[] {-1.2, 1}).value();
    for (Iterate iterate : walk(optimizer(kind, 15, 0), FullBatchOptimizersTest::valley, -1.2, 1)) {
      double value = valley(iterate.point()).value();
      assertThat(value).isLessThan(before);
      before = value;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CONJUGATE_GRADIENT"})
  void noMoreIterationsThanAllowedAndNoneBeforeItIsAskedFor(Kind kind) {
    int[] looks = {0};
    FullBatchOptimizer.Objective counted =
        point -> {
          looks[0]++;
          return valley(point);
        };
    Iterator<Iterate> walk = optimizer(kind, 5, 0).minimize(counted, new double[] {-1.2, 1});
    walk.next();
    int afterOne = looks[0];
    assertThat(walk.hasNext()).isTrue();
    assertThat(looks[0]).isEqualTo(afterOne);
    Iterate end = null;
    while (walk.hasNext()) {
      end = walk.next();
    }
    assertThat(looks[0]).isGreaterThan(afterOne);
    assertThat(end.iteration()).isEqualTo(5);
    assertThat(end.ended()).isEmpty();
  }

  /** x − log x, which has no value for x ≤ 0; the first step of length 1 goes there. */
  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CONJUGATE_GRADIENT"})
  void stepsToWhereThereIsNoValueAreShortened(Kind kind) {
    FullBatchOptimizer.Objective wall =
        x ->
            x[0] > 0
                ? new Evaluation(x[0] - Math.log(x[0]), new double[] {1 - 1 / x[0]})
                : new Evaluation(Double.POSITIVE_INFINITY, new double[1]);
    assertThat(last(walk(optimizer(kind, 50, 1e-9), wall, 0.05)).point()[0])
        .isCloseTo(1, within(1e-5));
    assertThat(last(walk(optimizer(kind, 50, 1e-9), wall, 1.9)).point()[0])
        .isCloseTo(1, within(1e-5));
  }

  /** A gradient that points the wrong way. */
  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CONJUGATE_GRADIENT"})
  void searchInVainEndsWhereItBegan(Kind kind) {
    FullBatchOptimizer.Objective liar =
        x -> {
          double[] gradient = bowl(x).gradient();
          Arrays.setAll(gradient, i -> -gradient[i]);
          return new Evaluation(bowl(x).value(), gradient);
        };
    List<Iterate> iterates = walk(optimizer(kind, 50, 0), liar, 3, 4);
    assertThat(iterates).hasSize(1);
    assertThat(iterates.get(0).iteration()).isZero();
    assertThat(iterates.get(0).point()).containsExactly(3, 4);
    assertThat(iterates.get(0).ended())
        .hasValue("no lower loss was found along the last direction");
  }

  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CONJUGATE_GRADIENT"})
  void startThatIsTheMinimumIsTheEnd(Kind kind) {
    List<Iterate> iterates = walk(optimizer(kind, 50, 0), FullBatchOptimizersTest::bowl, 0, 1, 2);
    assertThat(iterates).hasSize(1);
    assertThat(iterates.get(0).ended()).hasValue("the gradient is as short as tol asks for");
  }

  /** x⁴ flattens out: a generous tolerance ends it sooner than a strict one. */
  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CONJUGATE_GRADIENT"})
  void toleranceEndsTheWalk(Kind kind) {
    FullBatchOptimizer.Objective flat =
        x -> new Evaluation(1 + Math.pow(x[0], 4), new double[] {4 * Math.pow(x[0], 3)});
    Iterate generous = last(walk(optimizer(kind, 500, 1e-2), flat, 3));
    Iterate strict = last(walk(optimizer(kind, 500, 1e-8), flat, 3));
    assertThat(generous.ended()).isPresent();
    assertThat(generous.iteration()).isLessThan(strict.iteration());
    assertThat(flat.at(generous.point()).gradient()[0]).isCloseTo(0, within(1e-2 * 1.01));
  }

  /** To the bit, on the way through a valley that takes more iterations than are remembered. */
  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CONJUGATE_GRADIENT"})
  void walksGoOnFromAnyMemoryAsIfTheyHadNotEnded(Kind kind) {
    FullBatchOptimizer rule = optimizer(kind, 40, 1e-7);
    List<Iterate> whole = walk(rule, FullBatchOptimizersTest::valley, -1.2, 1);
    assertThat(whole).hasSizeGreaterThan(15);
    assertThat(last(whole).memory()).isEmpty();
    for (int done = 1; done < whole.size(); done++) {
      FullBatchOptimizer.Memory memory = whole.get(done - 1).memory().orElseThrow();
      assertThat(memory.iteration()).isEqualTo(done);
      List<Iterate> rest = new ArrayList<>();
      rule.resume(FullBatchOptimizersTest::valley, memory).forEachRemaining(rest::add);
      assertThat(rest).hasSize(whole.size() - done);
      for (int i = 0; i < rest.size(); i++) {
        Iterate expected = whole.get(done + i);
        assertThat(rest.get(i).point()).containsExactly(expected.point());
        assertThat(rest.get(i).iteration()).isEqualTo(expected.iteration());
        assertThat(rest.get(i).ended()).isEqualTo(expected.ended());
      }
    }
  }

  /** The loss flattens out: whether it still falls is seen from values of before the memory. */
  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CONJUGATE_GRADIENT"})
  void walksThatGoOnEndWhereTheyWouldHave(Kind kind) {
    FullBatchOptimizer rule = optimizer(kind, 500, 0.01);
    List<Iterate> whole =
        walk(rule, FullBatchOptimizersTest::chain, -1.2, -1.2, -1.2, -1.2, -1.2, -1.2);
    assertThat(last(whole).ended()).hasValue("the loss falls by no more than tol asks for");
    for (int done = 1; done < whole.size(); done++) {
      List<Iterate> rest = new ArrayList<>();
      rule.resume(FullBatchOptimizersTest::chain, whole.get(done - 1).memory().orElseThrow())
          .forEachRemaining(rest::add);
      assertThat(rest).hasSize(whole.size() - done);
      assertThat(last(rest).ended()).isEqualTo(last(whole).ended());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LBFGS", "CONJUGATE_GRADIENT"})
  void memoriesOfOtherRulesAreRefused(Kind kind) {
    Kind other = kind == Kind.LBFGS ? Kind.CONJUGATE_GRADIENT : Kind.LBFGS;
    List<Iterate> iterates =
        walk(optimizer(other, 9, 1e-12), FullBatchOptimizersTest::valley, -1.2, 1);
    assertThatThrownBy(
            () ->
                optimizer(kind, 9, 1e-12)
                    .resume(
                        FullBatchOptimizersTest::valley, iterates.get(6).memory().orElseThrow()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no memory of ");
  }

  @Test
  void optimizersOfMinibatchesAreNone() {
    assertThatThrownBy(() -> FullBatchOptimizers.of(OptimizerSettings.DEFAULT))
        .hasMessage("adam takes minibatches, not all rows");
  }
}
