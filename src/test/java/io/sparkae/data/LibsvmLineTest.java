package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows in LIBSVM's format, well and badly written. */
class LibsvmLineTest {
  private static LibsvmLine parse(String line) {
    return LibsvmLine.parse(line, "f.svm", 7);
  }

  @Test
  void indicesMayStandInAnyOrder() {
    LibsvmLine row = parse(" -1 7:0.5 2:3 \t 1000000:-2e3  # a comment 5:5");
    assertThat(row.label()).isEqualTo(-1);
    assertThat(row.indices()).containsExactly(1, 6, 999_999);
    assertThat(row.values()).containsExactly(3, 0.5, -2000);
    assertThat(row.width()).isEqualTo(1_000_000);
  }

  @Test
  void rowMayHaveNoElementsAndALineNoRow() {
    assertThat(parse("3").width()).isZero();
    assertThat(parse("")).isNull();
    assertThat(parse("  # nothing")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x 1:1 | the label must be a finite number, not 'x'",
        "NaN 1:1 | the label must be a finite number, not 'NaN'",
        "1 0:1 | index '0' must be a whole number from 1 to 2147483647",
        "1 -3:1 | index '-3' must be a whole number from 1 to 2147483647",
        "1 9999999999:1 | index '9999999999' must be a whole number from 1 to 2147483647",
        "1 1.5:1 | index '1.5' must be a whole number from 1 to 2147483647",
        "1 2:1 3:1 2:1 | index 2 stands there twice",
        "1 2 | '2' is not index:value",
        "1 :2 | ':2' is not index:value",
        "1 2: | element 2 must be a finite number, not ''",
        "1 2:abc | element 2 must be a finite number, not 'abc'",
        "1 2:1d | element 2 must be a finite number, not '1d'",
        "1 2:1e999 | element 2 must be a finite number, not '1e999'"
      })
  void malformedLineIsToldWithItsPlace(String line, String fault) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOf(LineFormatException.class)
        .hasMessage("f.svm, line 7: " + fault);
  }

  @Test
  void longWordsAreCutInTheMessage() {
    assertThatThrownBy(() -> parse("1 " + "y".repeat(100_000)))
        .hasMessage("f.svm, line 7: '" + "y".repeat(30) + "...' is not index:value");
  }
}
