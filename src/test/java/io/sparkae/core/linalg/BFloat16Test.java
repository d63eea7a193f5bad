package io.sparkae.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.fuzz.Fuzzed;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BFloat16Test {
  /** The number of the format next above a positive one. */
  private static float above(float value) {
    return BFloat16.ofBits((short) (BFloat16.bits(value) + 1));
  }

  private static boolean isOfTheFormat(float value) {
    return Float.isNaN(value) || BFloat16.ofBits(BFloat16.bits(value)) == value;
  }

  private static BigDecimal distance(float from, float to) {
    return new BigDecimal(from).subtract(new BigDecimal(to)).abs();
  }

  @Fuzzed
  void nothingOfTheFormatIsNearer(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    float nearest = BFloat16.nearest(value);
    assertThat(isOfTheFormat(nearest)).isTrue();
    float below = BFloat16.towardZero(Math.abs(value));
    float above = above(below);
    if (Float.isNaN(value)) {
      assertThat(nearest).isNaN();
    } else if (Float.isFinite(above)) {
      int nearer = distance(Math.abs(value), below).compareTo(distance(Math.abs(value), above));
      boolean down = nearer < 0 || nearer == 0 && (BFloat16.bits(below) & 1) == 0;
      assertThat(nearest).isEqualTo(Math.copySign(down ? below : above, value));
    }
  }

  @Fuzzed
  void towardZeroIsTheNextThatIsNoFurther(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    float kept = BFloat16.towardZero(value);
    assertThat(isOfTheFormat(kept)).isTrue();
    if (Float.isNaN(value)) {
      assertThat(kept).isNaN();
    } else {
      assertThat(Math.abs(kept)).isLessThanOrEqualTo(Math.abs(value));
      assertThat(above(Math.abs(kept)) > Math.abs(value) || Float.isInfinite(value)).isTrue();
      assertThat(Math.copySign(1, kept)).isEqualTo(Math.copySign(1, value));
    }
  }

  /** 1 is followed by 1 + 2⁻⁷. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "-0.0, -0.0, -0.0",
    "1, 1, 1",
    "1.00390625, 1, 1",
    "1.00390637, 1.0078125, 1",
    "1.01171875, 1.015625, 1.0078125",
    "-3.1415927, -3.140625, -3.140625",
    "3.4e38, Infinity, 3.3895314E38",
    "-Infinity, -Infinity, -Infinity",
    "1.4e-45, 0, 0"
  })
  void roundsAsTheFormatHasIt(float value, float nearest, float towardZero) {
    assertThat(BFloat16.nearest(value)).isEqualTo(nearest);
    assertThat(BFloat16.towardZero(value)).isEqualTo(towardZero);
  }

  @Test
  void aRangeIsRoundedAndTheRestLeftAsItIs() {
    float[] values = {1.001f, 1.001f, Float.NaN, 1.001f};
    BFloat16.roundToNearest(values, 1, 3);
    assertThat(values).containsExactly(1.001f, 1, Float.NaN, 1.001f);
  }
}
