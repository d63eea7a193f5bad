package io.sparkae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The free energy of a row against its definition, F(v) = −log Σₕ exp(−E(v, h)). */
class RbmFreeEnergyTest {
  private static final int ROWS = 3;
  private static final int VISIBLE = 4;
  private static final int HIDDEN = 2;

  /** Of the trapezoid rule, from −{@link #FAR} to {@link #FAR} of each hidden unit. */
  private static final double STEP = 0.05;

  private static final double FAR = 14;

  /** E(v, h), by plain loops. */
  private static double energy(RbmSettings settings, float[] w, float[] v, double... h) {
    boolean gaussian = settings.visibleType() == RbmUnits.GAUSSIAN;
    double sigma = settings.visibleDeviation();
    double energy = 0;
    for (int i = 0; i < VISIBLE; i++) {
      double bias = w[VISIBLE * HIDDEN + i];
      energy += gaussian ? (v[i] - bias) * (v[i] - bias) / (2 * sigma * sigma) : -bias * v[i];
      for (int j = 0; j < HIDDEN; j++) {
        energy -= v[i] / sigma * w[i * HIDDEN + j] * h[j];
      }
    }
    for (int j = 0; j < HIDDEN; j++) {
      energy -= w[VISIBLE * HIDDEN + VISIBLE + j] * h[j];
      energy += settings.hiddenType() == RbmUnits.GAUSSIAN ? h[j] * h[j] / 2 : 0;
    }
    return energy;
  }

  /** Σₕ exp(−E(v, h)) over zeros and ones, or its integral over all numbers. */
  private static double overHidden(RbmSettings settings, float[] w, float[] v) {
    boolean gaussian = settings.hiddenType() == RbmUnits.GAUSSIAN;
    double first = gaussian ? -FAR : 0;
    double last = gaussian ? FAR : 1;
    double step = gaussian ? STEP : 1;
    double sum = 0;
    for (double one = first; one <= last; one += step) {
      for (double other = first; other <= last; other += step) {
        sum += Math.exp(-energy(settings, w, v, one, other)) * step * step;
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "BERNOULLI, BERNOULLI, 1",
    "GAUSSIAN, BERNOULLI, 0.5",
    "BERNOULLI, GAUSSIAN, 1",
    "GAUSSIAN, GAUSSIAN, 2"
  })
  void isTheNegativeLogarithmOfTheSumOverTheHiddenUnits(
      RbmUnits visible, RbmUnits hidden, double deviation) {
    RbmSettings settings =
        new RbmSettings(HIDDEN, visible, hidden, deviation, 1, false, 0, 0, 0.5, 0);
    RbmNetwork network = new RbmNetwork(VISIBLE, settings);
    Random random = Seed.random("free energy");
    float[] w = new float[network.layout().size()];
    for (int i = 0; i < w.length; i++) {
      w[i] = (float) (0.7 * random.nextGaussian());
    }
    float[] v = new float[ROWS * VISIBLE];
    for (int i = 0; i < v.length; i++) {
      v[i] = random.nextFloat();
    }
    float[] scaled = new float[v.length];
    network.scaleByDeviation(v, ROWS, scaled);
    float[] inputs = new float[ROWS * HIDDEN];
    network.hiddenInputs(w, scaled, ROWS, inputs);
    double constant = hidden == RbmUnits.GAUSSIAN ? HIDDEN * Math.log(2 * Math.PI) / 2 : 0;
    for (int row = 0; row < ROWS; row++) {
      float[] alone = new float[VISIBLE];
      System.arraycopy(v, row * VISIBLE, alone, 0, VISIBLE);
      assertThat(network.freeEnergy(w, v, inputs, row) - constant)
          .as("row %d", row)
          .isCloseTo(-Math.log(overHidden(settings, w, alone)), within(1e-5));
    }
  }
}
