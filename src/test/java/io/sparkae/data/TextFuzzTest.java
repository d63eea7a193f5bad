package io.sparkae.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.fuzz.Fuzzed;
import io.sparkae.core.fuzz.Mutants;
import io.sparkae.core.fuzz.Outcome;
import io.sparkae.data.NumberLine.LabelPlace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/** Changed lines of numbers give what stands in them, or one line that says what is wrong. */
class TextFuzzTest {
  private static final List<String> SPARSE =
      List.of(
          "1 1:0.5 3:-2 7:1e3",
          "-1 5:1 2:4.25 9:0 # a comment",
          "0",
          "+1 2147483646:1 2147483647:-0.0",
          "3.5\t10:1.0  11:.5   12:5.",
          "1 1:1 2:2 3:3 4:4 5:5 6:6 7:7 8:8 9:9 10:10 11:11 12:12");

  private static final List<String> DENSE =
      List.of("1 2.5 -3 4e2", " 0\t0.25  -1e-3 7 ", "5 -0 0.0 1e308", "1 1 1 1");

  /** What a line takes for each of its characters, at most, with what is left behind. */
  private static final long BYTES_PER_CHARACTER = 400;

  private static final long BYTES = 40_000;

  @Provide
  Arbitrary<String> sparseLines() {
    return Mutants.ofTexts(SPARSE);
  }

  @Provide
  Arbitrary<String> denseLines() {
    return Mutants.ofTexts(DENSE);
  }

  private static long mostBytes(String line) {
    return BYTES + BYTES_PER_CHARACTER * line.length();
  }

  /** The words by the means of the class library. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    String spaces = "\t\n\u000b\f\r\u001c\u001d\u001e\u001f \u1680\u2000\u2001\u2002\u2003\u2028";
    StringTokenizer tokens = new StringTokenizer(line, spaces);
    while (tokens.hasMoreTokens()) {
      words.add(tokens.nextToken());
    }
    return words;
  }

  @Fuzzed
  void sparseLineIsReadOrRefused(@ForAll("sparseLines") String line) throws Exception {
    Optional<LibsvmLine> read =
        Outcome.of(
            () -> LibsvmLine.parse(line, "d/f.svm", 7),
            LineFormatException.class,
            "d/f.svm, line 7: ",
            mostBytes(line));
    if (read.isPresent()) {
      List<String> words = words(line.split("#", -1)[0]);
      Map<Integer, Double> elements = new TreeMap<>();
      for (String word : words.subList(1, words.size())) {
        String[] parts = word.split(":", 2);
        assertThat(elements.put(Integer.parseInt(parts[0]) - 1, Double.parseDouble(parts[1])))
            .isNull();
      }
      LibsvmLine row = read.get();
      assertThat(row.label()).isEqualTo(Double.parseDouble(words.get(0))).isFinite();
      assertThat(Arrays.stream(row.indices()).boxed()).containsExactlyElementsOf(elements.keySet());
      assertThat(Arrays.stream(row.values()).boxed()).containsExactlyElementsOf(elements.values());
      assertThat(row.values()).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY);
      assertThat(row.width()).isGreaterThanOrEqualTo(row.indices().length);
    }
  }

  @Fuzzed
  void denseLineIsReadOrRefused(@ForAll("denseLines") String line) throws Exception {
    for (LabelPlace place : LabelPlace.values()) {
      double[] features = new double[3];
      Optional<Double> label =
          Outcome.of(
              () -> NumberLine.parse(line, place, features, "f.amat", 12),
              LineFormatException.class,
              "f.amat, line 12: ",
              mostBytes(line));
      if (label.isPresent()) {
        double[] numbers = words(line).stream().mapToDouble(Double::parseDouble).toArray();
        int first = place == LabelPlace.FIRST ? 1 : 0;
        assertThat(features).containsExactly(Arrays.copyOfRange(numbers, first, first + 3));
        assertThat(label.get()).isEqualTo(numbers[place == LabelPlace.FIRST ? 0 : 3]);
        assertThat(numbers).hasSize(4).doesNotContain(Double.NaN, Double.NEGATIVE_INFINITY);
      }
    }
  }
}
