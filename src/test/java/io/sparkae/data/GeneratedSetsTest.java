package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What all sets that are drawn by rules keep. */
class GeneratedSetsTest {
  private static final int PIXELS = 784;

  private static String[] names() {
    return GeneratedSets.names().stream()
        .filter(name -> GeneratedSets.kind(name).isDrawn())
        .toArray(String[]::new);
  }

  private static double[] pixels(String set, long seed, long row) {
    double[] pixels = new double[PIXELS];
    GeneratedSets.of(set, seed).draw(row, pixels);
    return pixels;
  }

  @Test
  void setsAreFoundByTheirNames() {
    assertThat(names()).containsExactly("rect", "convex", "digits");
    for (String name : names()) {
      assertThat(GeneratedSets.of(name, 1).name()).isEqualTo(name);
    }
    assertThatThrownBy(() -> GeneratedSets.of("circles", 1))
        .hasMessage(
            "set must be one of rect, convex, digits, basic, rot, bg-rand, bg-img,"
                + " rot-bg-img, rect-img, not circles");
    assertThatThrownBy(() -> GeneratedSets.of("basic", 1))
        .hasMessage("basic is made of files, and has to be opened with them");
  }

  @ParameterizedTest
  @MethodSource("names")
  void aRowIsAFunctionOfSeedAndIndexAlone(String name) {
    GeneratedSet forwards = GeneratedSets.of(name, 3);
    double[] pixels = new double[PIXELS];
    Arrays.fill(pixels, 9); // what was there before must not shine through
    long first = 1L << 40; // more rows than an int counts
    for (long row = first; row < first + 50; row++) {
      int label = forwards.draw(row, pixels);
      double[] alone = new double[PIXELS];
      assertThat(GeneratedSets.of(name, 3).draw(row, alone)).isEqualTo(label);
      assertThat(pixels).isEqualTo(alone);
      assertThat(pixels).isNotEqualTo(pixels(name, 4, row)).isNotEqualTo(pixels(name, 3, row + 1));
      assertThat(pixels).isNotEqualTo(pixels(name, 3, row - first));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void pixelsLieBetween0And1AndLabelsAreEquallyLikely(String name) {
    int rows = 4000;
    GeneratedSet set = GeneratedSets.of(name, 8);
    double[] counts = new double[set.labels().size()];
    double[] pixels = new double[PIXELS];
    for (int row = 0; row < rows; row++) {
      counts[set.draw(row, pixels)]++;
      double least = 1;
      double most = 0;
      for (double pixel : pixels) {
        least = Math.min(least, pixel);
        most = Math.max(most, pixel);
      }
      assertThat(least).isZero();
      assertThat(most).isBetween(0.85, 1.0);
    }
    double share = 1.0 / counts.length;
    for (double count : counts) {
      // Four standard deviations of a binomial count.
      assertThat(count / rows).isCloseTo(share, within(4 * Math.sqrt(share * (1 - share) / rows)));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void arraysOfAnotherLengthAreRefused(String name) {
    assertThatThrownBy(() -> GeneratedSets.of(name, 1).draw(0, new double[783]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("784")
        .hasMessageContaining("783");
  }

  /**
   * Tables made by one release can be made again by another, and on every machine: the checksum of
   * labels and of pixels in 255ths is that of the first release which had the set.
   */
  @ParameterizedTest
  @CsvSource({"rect, 2309709173", "convex, 3519062692", "digits, 3904333260"})
  void theFirstRowsOfASeedStayAsTheyWere(String name, long checksum) {
    GeneratedSet set = GeneratedSets.of(name, 1);
    CRC32 crc = new CRC32();
    double[] pixels = new double[PIXELS];
    for (int row = 0; row < 1000; row++) {
      crc.update(set.draw(row, pixels));
      for (double pixel : pixels) {
        crc.update((int) Math.round(255 * pixel));
      }
    }
    assertThat(crc.getValue()).isEqualTo(checksum);
  }
}
