package io.sparkae.core.objective;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.ParameterSlice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every objective keeps to. A new one extends this class and gives its instances.
 *
 * <p>Sums in double are compared within 10⁻⁶ of their magnitude, directions within 10⁻⁵ of their
 * longest element: float rounding of small batches.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ObjectiveContractTest {
  private static final int DIRECTIONS_PER_SLICE = 3;

  /** The objectives to test, each with rows and parameters. */
  protected abstract Stream<ObjectiveCase> cases();

  private Stream<ObjectiveCase> exactCases() {
    return cases().filter(c -> c.isGradient());
  }

  private Stream<ObjectiveCase> rowwiseCases() {
    return cases().filter(c -> !c.objective().couplesRows());
  }

  private Stream<ObjectiveCase> sparseCases() {
    return cases().filter(c -> c.sparseTwin() != null);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("exactCases")
  void exactDirectionIsTheSlopeOfTheLossesAlongRandomDirections(ObjectiveCase c) {
    Random random = Seed.random(c.name());
    ObjectiveRun run = new ObjectiveRun(c);
    ObjectiveRun.Outcome here = run.computeFullBatch(c.parameters());
    float[] direction = here.direction();
    double whole = norm(direction, 0, direction.length);
    double rounding = 2e-7 * Math.abs(here.allLosses()) / c.slopeStep();
    for (ParameterSlice slice : c.objective().layout().slices()) {
      double length = norm(direction, slice.offset(), slice.end());
      for (int d = 0; d < DIRECTIONS_PER_SLICE; d++) {
        double[] v = unit(random, direction.length, slice);
        double expected = 0;
        for (int i = slice.offset(); i < slice.end(); i++) {
          expected += v[i] * direction[i];
        }
        assertThat(slope(run, c, v))
            .as("%s along %s", c.name(), slice.name())
            .isCloseTo(expected, within(c.slopeTolerance() * length + 1e-5 * whole + rounding));
      }
    }
  }

  /** Central differences with steps h and 2h, combined to the order h⁴ (Richardson). */
  private static double slope(ObjectiveRun run, ObjectiveCase c, double[] v) {
    double h = c.slopeStep();
    return (4 * difference(run, c, v, h) - difference(run, c, v, 2 * h)) / 3;
  }

  private static double difference(ObjectiveRun run, ObjectiveCase c, double[] v, double h) {
    double up = run.computeFullBatch(moved(c.parameters(), v, h)).allLosses();
    double down = run.computeFullBatch(moved(c.parameters(), v, -h)).allLosses();
    return (up - down) / (2 * h);
  }

  private static float[] moved(float[] from, double[] v, double h) {
    float[] to = from.clone();
    for (int i = 0; i < to.length; i++) {
      to[i] = (float) (from[i] + h * v[i]);
    }
    return to;
  }

  /** A random unit vector in the elements of one slice. */
  private static double[] unit(Random random, int size, ParameterSlice slice) {
    double[] v = new double[size];
    double square = 0;
    for (int i = slice.offset(); i < slice.end(); i++) {
      v[i] = random.nextGaussian();
      square += v[i] * v[i];
    }
    for (int i = slice.offset(); i < slice.end(); i++) {
      v[i] /= Math.sqrt(square);
    }
    return v;
  }

  private static double norm(float[] values, int from, int to) {
    double square = 0;
    for (int i = from; i < to; i++) {
      square += (double) values[i] * values[i];
    }
    return Math.sqrt(square);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noRowsGiveZero(ObjectiveCase c) {
    ObjectiveRun.Outcome outcome = new ObjectiveRun(c).compute(c.parameters(), new int[0]);
    for (float[] direction : outcome.directions()) {
      assertThat(norm(direction, 0, direction.length)).isZero();
    }
    assertThat(Arrays.stream(outcome.scalars()).map(Math::abs).sum()).isZero();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void orderOfTheRowsDoesNotMatter(ObjectiveCase c) {
    ObjectiveRun run = new ObjectiveRun(c);
    int[] backwards = new int[c.rows()];
    Arrays.setAll(backwards, i -> c.rows() - 1 - i);
    assertClose(run.compute(c.parameters(), backwards), run.compute(c.parameters()), c.name());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("rowwiseCases")
  void partsOfTheBatchAddUpToTheWhole(ObjectiveCase c) {
    ObjectiveRun run = new ObjectiveRun(c);
    int cut = c.rows() / 3;
    ObjectiveRun.Outcome first = run.compute(c.parameters(), IntStream.range(0, cut).toArray());
    ObjectiveRun.Outcome rest =
        run.compute(c.parameters(), IntStream.range(cut, c.rows()).toArray());
    assertClose(first.plus(rest), run.compute(c.parameters()), c.name());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void directionIsOverwrittenAndSumsAreAdded(ObjectiveCase c) {
    ObjectiveRun run = new ObjectiveRun(c);
    ObjectiveRun.Outcome once = run.compute(c.parameters());
    ObjectiveRun.Outcome twice = run.computeAgain(c.parameters());
    for (int t = 0; t < once.directions().size(); t++) {
      assertSameBits(c.name(), twice.directions().get(t), once.directions().get(t));
    }
    double[] doubled = Arrays.stream(once.scalars()).map(s -> 2 * s).toArray();
    assertThat(twice.scalars()).containsExactly(doubled, within(1e-9));
    assertThat(once.scalars()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void parametersAreReadAlone(ObjectiveCase c) {
    float[] parameters = c.parameters().clone();
    new ObjectiveRun(c).compute(parameters);
    assertSameBits(c.name(), parameters, c.parameters());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void serialisedObjectiveGivesTheSameBits(ObjectiveCase c)
      throws IOException, ClassNotFoundException {
    ObjectiveRun.Outcome expected = new ObjectiveRun(c).compute(c.parameters());
    ObjectiveCase copy = c.with(copy(c.objective()));
    ObjectiveRun.Outcome actual = new ObjectiveRun(copy).compute(c.parameters());
    for (int t = 0; t < expected.directions().size(); t++) {
      assertSameBits(c.name(), actual.directions().get(t), expected.directions().get(t));
    }
    assertThat(actual.scalars()).containsExactly(expected.scalars());
    assertThat(copy.objective().layout().slices()).isEqualTo(c.objective().layout().slices());
    assertThat(copy.objective().losses()).isEqualTo(c.objective().losses());
  }

  private static Objective copy(Objective objective) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(objective);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Objective) in.readObject();
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("sparseCases")
  void sparseRowsGiveWhatDenseOnesGive(ObjectiveCase c) {
    assertClose(
        new ObjectiveRun(c.with(c.sparseTwin())).compute(c.parameters()),
        new ObjectiveRun(c).compute(c.parameters()),
        c.name());
  }

  private static void assertClose(
      ObjectiveRun.Outcome actual, ObjectiveRun.Outcome expected, String name) {
    for (int t = 0; t < expected.directions().size(); t++) {
      float[] direction = expected.directions().get(t);
      double longest = 1e-6;
      double worst = 0;
      for (int i = 0; i < direction.length; i++) {
        longest = Math.max(longest, Math.abs(direction[i]));
        double error = Math.abs(actual.directions().get(t)[i] - direction[i]);
        worst = error <= worst ? worst : error; // NaN counts as worse
      }
      assertThat(worst).as("%s, term %d", name, t).isLessThanOrEqualTo(1e-5 * longest);
    }
    for (int i = 0; i < expected.scalars().length; i++) {
      double magnitude = Math.max(1, Math.abs(expected.scalars()[i]));
      assertThat(actual.scalars()[i])
          .as(name)
          .isCloseTo(expected.scalars()[i], within(1e-6 * magnitude));
    }
  }
}
