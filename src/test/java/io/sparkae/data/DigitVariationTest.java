package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The variations of MNIST, on hand-made digits whose numbers can be read off their pixels. */
class DigitVariationTest {
  private static final int PIXELS = 784;
  private static final int FIRST = 300;
  private static final int SECOND = 100;

  private final FilesInMemory files = FilesInMemory.digits(FIRST, SECOND);
  private final SetFiles digits = new SetFiles(FilesInMemory.DIGITS, List.of());

  private GeneratedSet open(SetKind kind, long seed, long first, long end) throws IOException {
    return kind.open(digits, files, seed, first, end);
  }

  /** The number of a digit in its file, or in both files one after the other. */
  private static int number(double[] pixels) {
    int number = 0;
    for (int bit = 0; bit < 10; bit++) {
      number |= (pixels[3 * 28 + 3 + bit] == 1 ? 1 : 0) << bit;
    }
    return number;
  }

  private static double[] pixels(GeneratedSet set, long row) {
    double[] pixels = new double[PIXELS];
    Arrays.fill(pixels, 9); // what was there before must not shine through
    set.draw(row, pixels);
    return pixels;
  }

  @Test
  void everyDigitIsInOneRowAsItIsInItsFile() throws IOException {
    GeneratedSet basic = open(SetKind.BASIC, 5, 0, FIRST + SECOND);
    byte[] original = IdxFiles.digits(0, FIRST + SECOND);
    BitSet seen = new BitSet();
    int inPlace = 0;
    double[] pixels = new double[PIXELS];
    for (int row = 0; row < FIRST + SECOND; row++) {
      int label = basic.draw(row, pixels);
      int number = number(pixels);
      assertThat(seen.get(number)).isFalse();
      seen.set(number);
      assertThat(label).isEqualTo(number % 10);
      inPlace += number == row ? 1 : 0;
      for (int i = 0; i < PIXELS; i++) {
        assertThat(pixels[i]).isEqualTo((original[16 + number * PIXELS + i] & 0xff) / 255.0);
      }
    }
    assertThat(seen.cardinality()).isEqualTo(FIRST + SECOND);
    assertThat(inPlace).isLessThan(10); // one on average
  }

  @ParameterizedTest
  @EnumSource(names = {"BASIC", "ROT", "BG_RAND"})
  void aRowIsTheSameWhateverIsOpenedWithIt(SetKind kind) throws IOException {
    GeneratedSet all = open(kind, 3, 0, FIRST + SECOND);
    for (long row : new long[] {0, 7, 250, FIRST + SECOND - 1}) {
      double[] alone = pixels(open(kind, 3, row, row + 1), row);
      assertThat(alone).isEqualTo(pixels(all, row));
      assertThat(pixels(open(kind, 4, row, row + 1), row)).isNotEqualTo(alone);
    }
  }

  @Test
  void allVariationsOfASeedHaveTheSameDigitInARow() throws IOException {
    GeneratedSet basic = open(SetKind.BASIC, 2, 0, 50);
    DigitVariation rot = (DigitVariation) open(SetKind.ROT, 2, 0, 50);
    GeneratedSet noisy = open(SetKind.BG_RAND, 2, 0, 50);
    double[] digit = new double[PIXELS];
    double[] turned = new double[PIXELS];
    double[] pixels = new double[PIXELS];
    for (int row = 0; row < 50; row++) {
      int label = basic.draw(row, digit);
      assertThat(rot.draw(row, pixels)).isEqualTo(label);
      Rotation.turn(digit, turned, 28, rot.angle(row));
      assertThat(pixels).isEqualTo(turned);
      assertThat(noisy.draw(row, pixels)).isEqualTo(label);
    }
  }

  @Test
  void anglesAreUniformOverAWholeTurn() throws IOException {
    DigitVariation rot = (DigitVariation) open(SetKind.ROT, 1, 0, 1);
    long[] counts = new long[36];
    for (int row = 0; row < 20_000; row++) {
      counts[(int) (rot.angle(row) / (2 * Math.PI) * counts.length)]++;
    }
    assertThat(Uniformity.chiSquare(counts)).isLessThan(66.6);
  }

  @Test
  void noiseIsUniformBehindADigitAndLeavesWhatIsLighter() throws IOException {
    int rows = 100;
    GeneratedSet basic = open(SetKind.BASIC, 2, 0, rows);
    GeneratedSet noisy = open(SetKind.BG_RAND, 2, 0, rows);
    double[] behind = new double[rows * PIXELS];
    int count = 0;
    for (int row = 0; row < rows; row++) {
      double[] digit = pixels(basic, row);
      double[] pixels = pixels(noisy, row);
      for (int i = 0; i < PIXELS; i++) {
        assertThat(pixels[i]).isBetween(digit[i], 1.0);
        if (digit[i] == 0) {
          behind[count++] = pixels[i];
        }
      }
    }
    double[] noise = Arrays.copyOf(behind, count);
    assertThat(count).isGreaterThan(30_000);
    assertThat(Uniformity.kolmogorovSmirnov(noise)).isLessThan(1.95);
    double covariance = 0;
    for (int i = 1; i < count; i++) {
      covariance += (noise[i] - 0.5) * (noise[i - 1] - 0.5);
    }
    // Four standard deviations of the correlation of independent neighbours.
    assertThat(12 * covariance / count).isCloseTo(0, within(4 / Math.sqrt(count)));
  }

  @Test
  void rowsThatAreNotThereAndFilesThatDoNotFitAreRefusedInOneLine() {
    assertThatThrownBy(() -> SetKind.ROT.requireRows(digits, files, FIRST + SECOND + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rot has 400 rows, as many as there are digits: not 401");
    files.with("b-labels", IdxFiles.labels(99));
    assertThatThrownBy(() -> open(SetKind.BASIC, 1, 0, 1))
        .isInstanceOf(IdxFormatException.class)
        .hasMessage("b-labels: 99 labels do not fit the 100 rows of b-images");
    files.with("b-labels", IdxFiles.idx(8, new int[] {1}, (byte) 11));
    files.with("b-images", IdxFiles.digits(0, 1));
    assertThatThrownBy(() -> open(SetKind.BASIC, 1, 0, FIRST + 1))
        .isInstanceOf(IdxFormatException.class)
        .hasMessage("b-labels: row 0 has label 11, no digit");
    files.with("b-images", IdxFiles.images(1));
    assertThatThrownBy(() -> open(SetKind.BASIC, 1, 0, 1))
        .isInstanceOf(IdxFormatException.class)
        .hasMessage(
            "b-images: digits are pictures of 28 x 28 unsigned bytes, not 1 x 2 x 2 of unsigned"
                + " byte");
  }
}
