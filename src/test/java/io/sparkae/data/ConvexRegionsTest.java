package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConvexRegionsTest {
  private static final int SIDE = ConvexRegions.IMAGE_SIDE;

  /**
   * Pixels that are not in the region but in the convex hull of its pixels: those that no line
   * separates from the region, because the directions to its pixels leave no gap beyond a half
   * turn.
   */
  private static int missingOfHull(boolean[] region, int side) {
    int missing = 0;
    for (int i = 0; i < region.length; i++) {
      missing += !region[i] && widestGap(region, side, i) <= Math.PI + 1e-9 ? 1 : 0;
    }
    return missing;
  }

  private static double widestGap(boolean[] region, int side, int from) {
    double[] directions = new double[region.length];
    int count = 0;
    for (int i = 0; i < region.length; i++) {
      if (region[i]) {
        directions[count++] = Math.atan2(i / side - from / side, i % side - from % side);
      }
    }
    Arrays.sort(directions, 0, count);
    double gap = count == 0 ? 7 : directions[0] + 2 * Math.PI - directions[count - 1];
    for (int i = 1; i < count; i++) {
      gap = Math.max(gap, directions[i] - directions[i - 1]);
    }
    return gap;
  }

  private static boolean[] region(double[] pixels) {
    boolean[] region = new boolean[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      assertThat(pixels[i]).isIn(0.0, 1.0);
      region[i] = pixels[i] == 1;
    }
    return region;
  }

  @Test
  void regionsAreConvexIfTheLabelSaysSoAndElseClearlyNot() {
    ConvexRegions set = new ConvexRegions(2);
    double[] pixels = new double[ConvexRegions.PIXELS];
    for (int row = 0; row < 400; row++) {
      int label = set.draw(row, pixels);
      int missing = missingOfHull(region(pixels), SIDE);
      if (label == 1) {
        assertThat(missing).as("row %d", row).isZero();
      } else {
        assertThat(missing).as("row %d", row).isGreaterThanOrEqualTo(ConvexRegions.LEAST_DENT);
      }
    }
  }

  @Test
  void regionsAreOfOnePiece() {
    ConvexRegions set = new ConvexRegions(5);
    double[] pixels = new double[ConvexRegions.PIXELS];
    for (int row = 0; row < 400; row++) {
      set.draw(row, pixels);
      boolean[] region = region(pixels);
      int start = 0;
      while (!region[start]) {
        start++;
      }
      erase(region, start);
      assertThat(region).as("row %d", row).doesNotContain(true);
    }
  }

  private static void erase(boolean[] region, int at) {
    if (!region[at]) {
      return;
    }
    region[at] = false;
    for (int y = Math.max(0, at / SIDE - 1); y <= Math.min(SIDE - 1, at / SIDE + 1); y++) {
      for (int x = Math.max(0, at % SIDE - 1); x <= Math.min(SIDE - 1, at % SIDE + 1); x++) {
        erase(region, y * SIDE + x);
      }
    }
  }

  @Test
  void sizesAreBoundedAndTellNothingAboutTheLabel() {
    int rows = 4000;
    double[] sums = new double[2];
    double[] counts = new double[2];
    ConvexRegions set = new ConvexRegions(1);
    double[] pixels = new double[ConvexRegions.PIXELS];
    for (int row = 0; row < rows; row++) {
      int label = set.draw(row, pixels);
      double size = Arrays.stream(pixels).sum();
      assertThat(size).isBetween(50 * 0.85, 400 * 1.15);
      sums[label] += size;
      counts[label]++;
    }
    // The mean of what is wanted is 225; its standard error is 101 / √2000 = 2.3.
    for (int label = 0; label < 2; label++) {
      assertThat(sums[label] / counts[label]).isCloseTo(225, within(12.0));
    }
    assertThat(sums[0] / counts[0]).isCloseTo(sums[1] / counts[1], within(13.0));
  }

  @Test
  void missingPixelsOfTheHullAreCountedRightForAnyRegion() {
    Random random = Seed.random("missingPixelsOfTheHullAreCountedRightForAnyRegion");
    PixelRegion region = new PixelRegion(9);
    for (int trial = 0; trial < 2000; trial++) {
      region.clear();
      boolean[] expected = new boolean[81];
      int runs = random.nextInt(6);
      for (int run = 0; run < runs; run++) {
        int y = random.nextInt(9);
        int first = random.nextInt(9);
        int last = first - 1 + random.nextInt(10 - first);
        region.addRun(y, first, last);
        Arrays.fill(expected, 9 * y + first, 9 * y + last + 1, true);
      }
      for (int i = 0; i < 81; i++) {
        assertThat(region.has(i % 9, i / 9)).isEqualTo(expected[i]);
      }
      assertThat(region.missingOfHull()).isEqualTo(missingOfHull(expected, 9));
    }
  }

  @Test
  void pixelsOfARegionAreNumberedRowByRow() {
    PixelRegion region = new PixelRegion(4);
    region.addRun(1, 2, 3);
    region.addRun(3, 0, 0);
    assertThat(region.size()).isEqualTo(3);
    assertThat(new int[] {region.pixel(0), region.pixel(1), region.pixel(2)})
        .containsExactly(6, 7, 12);
  }
}
