package io.sparkae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract, and CD-k against plain loops in double. */
class RbmObjectiveTest extends ObjectiveContractTest {
  private static final int ROWS = 7;
  private static final int VISIBLE = 6;
  private static final int HIDDEN = 4;

  private static final List<RbmSettings> SETTINGS =
      List.of(
          settings(RbmUnits.BERNOULLI, RbmUnits.BERNOULLI, 1, 1, false, 0, 0),
          settings(RbmUnits.BERNOULLI, RbmUnits.BERNOULLI, 1, 3, true, 0.2, 0.5),
          settings(RbmUnits.GAUSSIAN, RbmUnits.BERNOULLI, 0.5, 2, false, 0, 0.5),
          settings(RbmUnits.GAUSSIAN, RbmUnits.BERNOULLI, 2, 1, true, 0.1, 0),
          settings(RbmUnits.BERNOULLI, RbmUnits.GAUSSIAN, 1, 2, false, 0.1, 0),
          settings(RbmUnits.GAUSSIAN, RbmUnits.GAUSSIAN, 1, 1, false, 0, 0));

  private static RbmSettings settings(
      RbmUnits visible,
      RbmUnits hidden,
      double deviation,
      int steps,
      boolean sampleVisible,
      double decay,
      double sparsity) {
    return new RbmSettings(
        HIDDEN, visible, hidden, deviation, steps, sampleVisible, decay, sparsity, 0.3, 0.5);
  }

  private static float[][] rows() {
    Random random = Seed.random("rbm rows");
    float[][] rows = new float[ROWS][VISIBLE];
    for (float[] row : rows) {
      for (int i = 0; i < VISIBLE; i++) {
        row[i] = random.nextBoolean() ? 0 : random.nextFloat();
      }
    }
    return rows;
  }

  private static ObjectiveCase toCase(RbmSettings settings) {
    RbmNetwork network = new RbmNetwork(VISIBLE, settings);
    RbmObjective objective = new RbmObjective(network, false);
    return new ObjectiveCase(
        settings.toString(),
        objective,
        new RbmObjective(network, true),
        new float[][][] {rows()},
        ObjectiveCase.point(objective, Seed.of("rbm point"), 0.7),
        0,
        0);
  }

  @Override
  protected Stream<ObjectiveCase> cases() {
    return SETTINGS.stream().map(RbmObjectiveTest::toCase);
  }

  static Stream<RbmSettings> settings() {
    return SETTINGS.stream();
  }

  /** One row at a time, in double, from the formulas; the draws are those of the streams. */
  private static final class Reference {
    final RbmSettings settings;
    final float[] w;
    final double[] direction;
    double error;

    Reference(RbmSettings settings, float[] parameters) {
      this.settings = settings;
      this.w = parameters;
      this.direction = new double[parameters.length];
    }

    double[] up(double[] v) {
      double[] h = new double[HIDDEN];
      for (int j = 0; j < HIDDEN; j++) {
        double z = w[VISIBLE * HIDDEN + VISIBLE + j];
        for (int i = 0; i < VISIBLE; i++) {
          z += v[i] / settings.visibleDeviation() * w[i * HIDDEN + j];
        }
        h[j] = settings.hiddenType() == RbmUnits.BERNOULLI ? 1 / (1 + Math.exp(-z)) : z;
      }
      return h;
    }

    double[] down(double[] h) {
      double[] v = new double[VISIBLE];
      for (int i = 0; i < VISIBLE; i++) {
        double z = 0;
        for (int j = 0; j < HIDDEN; j++) {
          z += h[j] * w[i * HIDDEN + j];
        }
        z = w[VISIBLE * HIDDEN + i] + settings.visibleDeviation() * z;
        v[i] = settings.visibleType() == RbmUnits.BERNOULLI ? 1 / (1 + Math.exp(-z)) : z;
      }
      return v;
    }

    double[] draw(RbmUnits units, double[] means, double deviation, int site, long row) {
      float[] noise = new float[means.length];
      double[] sample = new double[means.length];
      RandomStreams random = new RandomStreams(7);
      if (units == RbmUnits.BERNOULLI) {
        random.uniform(site, 2, row, noise, 0, noise.length);
        Arrays.setAll(sample, i -> noise[i] < means[i] ? 1 : 0);
      } else {
        random.normal(site, 2, row, noise, 0, noise.length);
        Arrays.setAll(sample, i -> means[i] + deviation * noise[i]);
      }
      return sample;
    }

    void add(float[] row, int index) {
      double[] start = new double[VISIBLE];
      Arrays.setAll(start, i -> row[i]);
      double[] startHidden = up(start);
      double[] v = start;
      double[] h = startHidden;
      for (int step = 0; step < settings.gibbsSteps(); step++) {
        int site = GibbsChain.SITE + 2 * step;
        v = down(draw(settings.hiddenType(), h, 1, site, index));
        if (settings.sampleVisible()) {
          v = draw(settings.visibleType(), v, settings.visibleDeviation(), site + 1, index);
        }
        h = up(v);
      }
      double push = settings.sparsityWeight() * (0.45 - settings.sparsityTarget());
      double sigma = settings.visibleDeviation();
      for (int i = 0; i < VISIBLE; i++) {
        for (int j = 0; j < HIDDEN; j++) {
          int at = i * HIDDEN + j;
          direction[at] += (v[i] * h[j] - start[i] * (startHidden[j] - push)) / sigma;
          direction[at] += settings.weightDecay() * w[at];
        }
        direction[VISIBLE * HIDDEN + i] += (v[i] - start[i]) / (sigma * sigma);
        error += (v[i] - start[i]) * (v[i] - start[i]);
      }
      for (int j = 0; j < HIDDEN; j++) {
        direction[VISIBLE * HIDDEN + VISIBLE + j] += h[j] - startHidden[j] + push;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void directionIsContrastiveDivergenceByPlainLoops(RbmSettings settings) {
    ObjectiveCase c = toCase(settings);
    ObjectiveRun run = new ObjectiveRun(c);
    run.setStatistics(0.45);
    ObjectiveRun.Outcome actual = run.compute(c.parameters());
    Reference reference = new Reference(settings, c.parameters());
    float[][] rows = rows();
    for (int i = 0; i < ROWS; i++) {
      reference.add(rows[i], i);
    }
    for (int i = 0; i < reference.direction.length; i++) {
      double expected = reference.direction[i];
      assertThat(actual.direction()[i])
          .as("%s", c.objective().layout().slices())
          .isCloseTo((float) expected, within(1e-5f * (1 + (float) Math.abs(expected))));
    }
    assertThat(actual.losses()[0]).isCloseTo(reference.error, within(1e-5 * reference.error));
  }
}
