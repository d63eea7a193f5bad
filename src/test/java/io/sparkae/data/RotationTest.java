package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationTest {
  private static double[] noise(String test, int side) {
    Random random = Seed.random(test);
    return random.doubles((long) side * side).toArray();
  }

  private static double[] turned(double[] source, int side, double angle) {
    double[] target = new double[source.length];
    Rotation.turn(source, target, side, angle);
    return target;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 28})
  void aTurnByNothingIsTheIdentityToTheBit(int side) {
    double[] source = noise("aTurnByNothingIsTheIdentityToTheBit", side);
    assertThat(turned(source, side, 0)).isEqualTo(source);
  }

  /** The right-most column becomes the top row: (x, y) takes what was at (side − 1 − y, x). */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 28})
  void aQuarterTurnTransposesAndFlips(int side) {
    double[] source = noise("aQuarterTurnTransposesAndFlips", side);
    double[] target = turned(source, side, Math.PI / 2);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        assertThat(target[y * side + x]).isCloseTo(source[x * side + side - 1 - y], within(1e-12));
      }
    }
  }

  /**
   * Bilinear interpolation is exact on a plane; (x, y) then shows the plane at the turned place.
   */
  @Test
  void aPlaneTurnsExactlyWherePixelsComeFromInside() {
    int side = 28;
    double angle = 0.7;
    double[] source = new double[side * side];
    for (int i = 0; i < source.length; i++) {
      source[i] = 3 * (i % side) - 2 * (i / side) + 1;
    }
    double[] target = turned(source, side, angle);
    for (int y = 8; y < 20; y++) {
      for (int x = 8; x < 20; x++) {
        // as complex numbers with y upwards: the place before a turn by φ is e^(−iφ) times it
        double u = x - 13.5;
        double up = 13.5 - y;
        double fromX = 13.5 + u * Math.cos(angle) + up * Math.sin(angle);
        double fromY = 13.5 - (up * Math.cos(angle) - u * Math.sin(angle));
        assertThat(target[y * side + x]).isCloseTo(3 * fromX - 2 * fromY + 1, within(1e-9));
      }
    }
  }

  @Test
  void cornersOfATurnedPictureAreBlack() {
    double[] ones = new double[28 * 28];
    java.util.Arrays.fill(ones, 1);
    double[] target = turned(ones, 28, Math.PI / 4);
    assertThat(target[0]).isZero();
    assertThat(target[27]).isZero();
    assertThat(target[27 * 28]).isZero();
    assertThat(target[27 * 28 + 27]).isZero();
    assertThat(target[14 * 28 + 14]).isCloseTo(1, within(1e-12));
  }
}
