package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.data.NumberLine.LabelPlace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of numbers with a label at one end. */
class NumberLineTest {
  @Test
  void labelStandsFirstOrLast() {
    double[] features = new double[3];
    assertThat(NumberLine.parse(" 1 2.5\t-3 4e2 ", LabelPlace.FIRST, features, "f", 1))
        .isEqualTo(1);
    assertThat(features).containsExactly(2.5, -3, 400);
    assertThat(NumberLine.parse("1 2.5 -3 4.", LabelPlace.LAST, features, "f", 1)).isEqualTo(4);
    assertThat(features).containsExactly(1, 2.5, -3);
    assertThat(NumberLine.count("  1   2 ")).isEqualTo(2);
    assertThat(NumberLine.count("  ")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 2 | 2 numbers, where the first line has 3 (a label and 2 features)",
        "1 2 3 4 | 4 numbers, where the first line has 3 (a label and 2 features)",
        "1 x 3 | feature 0 must be a finite number, not 'x'",
        "1 2 Infinity | feature 1 must be a finite number, not 'Infinity'",
        "? 2 3 | the label must be a finite number, not '?'"
      })
  void malformedLineIsToldWithItsPlace(String line, String fault) {
    assertThatThrownBy(() -> NumberLine.parse(line, LabelPlace.FIRST, new double[2], "d/s.txt", 12))
        .isInstanceOf(LineFormatException.class)
        .hasMessage("d/s.txt, line 12: " + fault);
  }
}
