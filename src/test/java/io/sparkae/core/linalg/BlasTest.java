package io.sparkae.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlasTest {
  private static final int[][] SHAPES = {
    {1, 1, 1}, {1, 7, 3}, {7, 1, 3}, {3, 4, 5}, {16, 16, 16}, {33, 65, 17}, {5, 130, 64}, {3, 2, 0}
  };

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void productsAreThoseOfThreeLoopsForAllShapesStridesOffsetsAndBetas(
      boolean transposeA, boolean transposeB) {
    Random random = Seed.random("Blas.multiply");
    for (int[] shape : SHAPES) {
      for (int slack : new int[] {0, 1, 5}) {
        for (float beta : new float[] {0f, 1f, 0.5f}) {
          // The error of a sum of n products is at most n roundings.
          assertThat(MultiplyCheck.worstError(random, transposeA, transposeB, shape, slack, beta))
              .as("%s, slack %d, beta %s", Arrays.toString(shape), slack, beta)
              .isLessThanOrEqualTo(shape[2] + 1);
        }
      }
    }
  }

  @Test
  void productsWithoutRowsOrColumnsDoNothing() {
    float[] c = {1, 2};
    float[] none = {};
    Blas.multiply(false, false, 0, 2, 3, none, 0, 3, new float[6], 0, 2, 0f, c, 0, 2);
    Blas.multiply(false, false, 2, 0, 3, new float[6], 0, 3, none, 0, 1, 0f, c, 0, 1);
    assertThat(c).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 99, 100, 700}) // Java's loop, then the native one
  void addScaledTouchesItsRunAlone(int length) {
    float[] source = new float[length + 2];
    float[] target = new float[length + 4];
    Arrays.fill(target, 5f);
    float[] expected = target.clone();
    for (int i = 0; i < source.length; i++) {
      source[i] = 1 + i;
    }
    for (int i = 0; i < length; i++) {
      expected[2 + i] = 5 + 0.5f * source[1 + i];
    }
    Blas.addScaled(target, 2, 0.5f, source, 1, length);
    assertThat(target).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "1, 0", "1, 1", "5, 0", "5, 1", "40, 0.5"})
  void columnSumsAreAddedToWhatBetaKeeps(int rows, float beta) {
    Random random = Seed.random("Blas.addColumnSums");
    int columns = 7;
    float[] a = new float[rows * columns + 4];
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) random.nextGaussian();
    }
    float[] ones = new float[50];
    Arrays.fill(ones, 1f);
    float[] target = new float[columns + 3];
    Arrays.fill(target, 2f);
    Blas.addColumnSums(rows, columns, a, ones, beta, target, 2);
    for (int j = 0; j < columns; j++) {
      double expected = beta * 2;
      for (int i = 0; i < rows; i++) {
        expected += a[i * columns + j];
      }
      assertThat((double) target[2 + j]).isCloseTo(expected, within(1e-5));
    }
    assertThat(target[1]).isEqualTo(2f);
    assertThat(target[columns + 2]).isEqualTo(2f);
  }
}
