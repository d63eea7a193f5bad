package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DrawnDigitsTest {
  private static final int SIDE = DrawnDigits.IMAGE_SIDE;

  /** Rows of digits: their pixels and labels. */
  private static final class Rows {
    private final double[][] pixels;
    private final int[] labels;

    Rows(long seed, int first, int count) {
      DrawnDigits digits = new DrawnDigits(seed);
      pixels = new double[count][DrawnDigits.PIXELS];
      labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = digits.draw(first + i, pixels[i]);
      }
    }
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  private static double errorPercent(double[][] prototypes, int[] labels, Rows test) {
    int wrong = 0;
    for (int row = 0; row < test.labels.length; row++) {
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < prototypes.length; i++) {
        double distance = squaredDistance(prototypes[i], test.pixels[row]);
        if (distance < least) {
          least = distance;
          nearest = i;
        }
      }
      wrong += labels[nearest] == test.labels[row] ? 0 : 1;
    }
    return 100.0 * wrong / test.labels.length;
  }

  /**
   * As with handwriting: on MNIST's test images the nearest class mean is wrong on 18 %, and the
   * nearest of the first 2,000 training images on 13 %.
   */
  @Test
  void digitsAreRecognisableButNotByTheirMeanAlone() {
    Rows train = new Rows(1, 0, 2000);
    Rows test = new Rows(1, 2000, 500);
    double[][] means = new double[10][DrawnDigits.PIXELS];
    int[] digits = new int[10];
    int[] counts = new int[10];
    for (int label : train.labels) {
      counts[label]++;
    }
    for (int row = 0; row < train.labels.length; row++) {
      int label = train.labels[row];
      digits[label] = label;
      for (int i = 0; i < DrawnDigits.PIXELS; i++) {
        means[label][i] += train.pixels[row][i] / counts[label];
      }
    }
    assertThat(errorPercent(means, digits, test)).isBetween(10.0, 30.0);
    assertThat(errorPercent(train.pixels, train.labels, test)).isBetween(6.0, 20.0);
  }

  @Test
  void inkIsAsMuchAsInHandwritingAndGreyOnlyAtItsEdges() {
    Rows rows = new Rows(2, 0, 2000);
    double ink = 0;
    double dark = 0;
    double bright = 0;
    int values = 2000 * DrawnDigits.PIXELS;
    for (double[] row : rows.pixels) {
      for (double pixel : row) {
        assertThat(Math.abs(255 * pixel - Math.rint(255 * pixel))).isLessThan(1e-9);
        ink += pixel;
        dark += pixel == 0 ? 1 : 0;
        bright += pixel > 0.75 ? 1 : 0;
      }
    }
    assertThat(ink / values).isCloseTo(0.1307, within(0.02)); // MNIST's training images
    assertThat(dark / values).isBetween(0.72, 0.86); // 0.81 there
    assertThat(bright / values).isBetween(0.07, 0.13);
  }

  @Test
  void everyWayToWriteADigitStandsInItsBoxWithinTheBuffers() {
    for (int digit = 0; digit < 10; digit++) {
      assertThat(DigitShapes.of(digit)).hasSizeGreaterThanOrEqualTo(3);
      for (var way : DigitShapes.of(digit)) {
        int points = 0;
        for (DigitShapes.Stroke stroke : way) {
          points += stroke.size();
          assertThat(stroke.size()).isGreaterThanOrEqualTo(2);
          assertThat(Arrays.stream(stroke.x())).allMatch(x -> x > 0.1 && x < 0.95);
          assertThat(Arrays.stream(stroke.y())).allMatch(y -> y >= 0 && y <= 1);
        }
        assertThat(points).isLessThanOrEqualTo(DigitShapes.MOST_POINTS);
      }
    }
  }

  @Test
  void inkFadesLinearlyAcrossTheEdgeOfAStraightStroke() {
    PenPath path = new PenPath();
    path.moveTo(4.5, 10, 2, false);
    path.moveTo(24.5, 10, 2, true);
    double[] pixels = new double[SIDE * SIDE];
    path.draw(pixels, SIDE);
    // Centres of rows 10, 11, 12 are 0.5, 1.5, 2.5 from the line; the edge is 1.3 wide about 2.
    double[] expected = {1, 0.5 / 1.3 + 0.5, 0, 0};
    for (int i = 0; i < expected.length; i++) {
      double ink = i == 2 ? Math.max(0, -0.5 / 1.3 + 0.5) : expected[i];
      assertThat(pixels[(10 + i) * SIDE + 14]).isCloseTo(ink, within(1e-12));
      assertThat(pixels[(9 - i) * SIDE + 14]).isCloseTo(ink, within(1e-12));
    }
    // Beyond the end the distance is that to the end point.
    assertThat(pixels[10 * SIDE + 26]).isCloseTo((2 - Math.sqrt(4.25)) / 1.3 + 0.5, within(1e-12));
    assertThat(pixels[10 * SIDE + 28 - 1]).isZero();
  }

  @Test
  void thePenDrawsNothingWhileItIsUp() {
    PenPath path = new PenPath();
    path.moveTo(4, 10, 1, false);
    path.moveTo(8, 10, 1, true);
    path.moveTo(20, 10, 1, false);
    path.moveTo(24, 10, 1, true);
    double[] pixels = new double[SIDE * SIDE];
    path.draw(pixels, SIDE);
    assertThat(pixels[10 * SIDE + 6]).isPositive();
    assertThat(pixels[10 * SIDE + 14]).isZero();
    assertThat(pixels[10 * SIDE + 22]).isPositive();
  }

  @Test
  void aPathIsPlacedWithAllItsInkOnThePaper() {
    double[][] paths = {{3, 3, 9, 20}, {-40, 2, 50, 9}, {0, 0, 2, 90}};
    for (double[] ends : paths) {
      for (double middle : new double[] {2, 14, 27}) {
        PenPath path = new PenPath();
        path.moveTo(ends[0] + 30, ends[1] + 30, 2, false);
        path.moveTo(ends[2] + 30, ends[3] + 30, 1, true);
        path.place(middle, 14, SIDE);
        double[] paper = new double[SIDE * SIDE];
        path.draw(paper, SIDE);
        double[] more = new double[4 * SIDE * SIDE];
        path.draw(more, 2 * SIDE);
        assertThat(Arrays.stream(paper).sum()).isPositive();
        assertThat(Arrays.stream(more).sum()).isCloseTo(Arrays.stream(paper).sum(), within(1e-9));
      }
    }
  }

  @Test
  void equalAndLinearDisplacementsOfTheLatticeAreKept() {
    float[] lattice = new float[ElasticField.DRAWS];
    for (int i = 0; i < 36; i++) {
      lattice[i] = 3;
      lattice[36 + i] = 2 * (i / 6) - (i % 6); // lattice point 1 lies at 0, point 4 at 1
    }
    ElasticField field = new ElasticField(lattice);
    double[] displacement = new double[2];
    for (double u : new double[] {0, 0.2, 0.5, 0.77, 1}) {
      for (double v : new double[] {0, 0.33, 0.6, 1}) {
        field.at(u, v, displacement);
        assertThat(displacement[0]).isCloseTo(3, within(1e-12));
        assertThat(displacement[1]).isCloseTo(2 * (1 + 3 * v) - (1 + 3 * u), within(1e-12));
      }
    }
    double[] border = new double[2];
    field.at(1, 0, border);
    field.at(5, -3, displacement);
    assertThat(displacement).isEqualTo(border);
  }
}
