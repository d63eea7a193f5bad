package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RectanglesTest {
  private static final int SIDE = Rectangles.IMAGE_SIDE;

  /** Bounding box of the pixels that are not 0: top, bottom, left, right. */
  private static int[] box(double[] pixels) {
    int[] box = {SIDE, -1, SIDE, -1};
    for (int i = 0; i < pixels.length; i++) {
      if (pixels[i] != 0) {
        box[0] = Math.min(box[0], i / SIDE);
        box[1] = Math.max(box[1], i / SIDE);
        box[2] = Math.min(box[2], i % SIDE);
        box[3] = Math.max(box[3], i % SIDE);
      }
    }
    return box;
  }

  @Test
  void everyRowIsAnOutlineOnePixelWideWhoseLabelTellsTallFromWide() {
    Rectangles rectangles = new Rectangles(7);
    double[] pixels = new double[Rectangles.PIXELS];
    Arrays.fill(pixels, 9); // what was there before must not shine through
    for (int row = 0; row < 2000; row++) {
      int label = rectangles.draw(row, pixels);
      int[] box = box(pixels);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          boolean inside = y >= box[0] && y <= box[1] && x >= box[2] && x <= box[3];
          boolean edge = y == box[0] || y == box[1] || x == box[2] || x == box[3];
          assertThat(pixels[y * SIDE + x]).isEqualTo(inside && edge ? 1 : 0);
        }
      }
      int height = box[1] - box[0] + 1;
      int width = box[3] - box[2] + 1;
      assertThat(height).isBetween(4, 28);
      assertThat(width).isBetween(4, 28);
      assertThat(Math.abs(height - width)).isGreaterThanOrEqualTo(3);
      assertThat(label).isEqualTo(height > width ? 1 : 0);
    }
  }

  /**
   * Frequencies counted on the first 12,000 rows of the published test set, by a separate script.
   */
  @Test
  void sidesAndPlacesAreSpreadAsInThePublishedSet() {
    int rows = 40_000;
    double tall = 0;
    double leastDifference = 0;
    double atTheTop = 0;
    double full = 0;
    Rectangles rectangles = new Rectangles(1);
    double[] pixels = new double[Rectangles.PIXELS];
    for (int row = 0; row < rows; row++) {
      tall += rectangles.draw(row, pixels);
      int[] box = box(pixels);
      int difference = Math.abs((box[1] - box[0]) - (box[3] - box[2]));
      leastDifference += difference == 3 ? 1 : 0;
      atTheTop += box[0] == 0 ? 1 : 0;
      full += box[1] - box[0] + 1 == 28 ? 1 : 0;
    }
    assertThat(tall / rows).isCloseTo(6001.0 / 12_000, within(0.012));
    assertThat(leastDifference / rows).isCloseTo(1060.0 / 12_000, within(0.008));
    assertThat(atTheTop / rows).isCloseTo(1870.0 / 12_000, within(0.012));
    assertThat(full / rows).isCloseTo(518.0 / 12_000, within(0.006));
  }

  @Test
  void aRowIsAFunctionOfSeedAndIndexAlone() {
    double[] forwards = new double[Rectangles.PIXELS];
    double[] alone = new double[Rectangles.PIXELS];
    Rectangles one = new Rectangles(3);
    for (int row = 0; row < 50; row++) {
      one.draw(row, forwards);
    }
    new Rectangles(3).draw(49, alone);
    assertThat(alone).isEqualTo(forwards);
    new Rectangles(4).draw(49, alone);
    assertThat(alone).isNotEqualTo(forwards);
  }

  @Test
  void neighbouringSeedsDoNotShareRowsEvenShiftedOnes() {
    double[] pixels = new double[Rectangles.PIXELS];
    double[] others = new double[Rectangles.PIXELS];
    for (int shift = 0; shift < 2; shift++) {
      int equal = 0;
      for (long seed = 0; seed < 200; seed++) {
        new Rectangles(seed).draw(shift, pixels);
        new Rectangles(seed + 1).draw(0, others);
        equal += Arrays.equals(pixels, others) ? 1 : 0;
      }
      assertThat(equal).as("equal images of 200, shifted by %d", shift).isLessThan(5);
    }
  }
}
