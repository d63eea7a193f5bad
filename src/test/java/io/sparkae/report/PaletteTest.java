package io.sparkae.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The colours of a report can be seen on their ground, and told apart. */
class PaletteTest {
  private static final Pattern COLOUR = Pattern.compile("#([0-9a-f]{6})");

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  /** Red, green and blue in [0, 1]. */
  private static List<double[]> colours(String text) {
    return COLOUR.matcher(text).results().map(match -> channels(match.group(1))).toList();
  }

  private static double[] channels(String hex) {
    double[] channels = new double[3];
    for (int i = 0; i < 3; i++) {
      channels[i] = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
    }
    return channels;
  }

  private static List<double[]> palette(String scheme) throws IOException {
    return colours(found(resource("report.js"), scheme + ": \\[(.*?)\\]"));
  }

  /** The colour of the cards that charts stand on. */
  private static double[] ground(String scheme) throws IOException {
    String style = resource("report.css");
    String block = found(style, scheme.equals("dark") ? "scheme: dark\\)(.*?)\\}" : "^(.*?)\\}");
    return colours(found(block, "--card: ([^;]*);")).get(0);
  }

  private static double[] linear(double[] colour) {
    double[] linear = new double[3];
    for (int i = 0; i < 3; i++) {
      double c = colour[i];
      linear[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
    return linear;
  }

  /** The contrast ratio of WCAG 2.1. */
  private static double contrast(double[] a, double[] b) {
    double x = luminance(a) + 0.05;
    double y = luminance(b) + 0.05;
    return Math.max(x, y) / Math.min(x, y);
  }

  private static double luminance(double[] colour) {
    double[] c = linear(colour);
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
  }

  private static double[] over(double[] ground, double[] colour, double opacity) {
    double[] mixed = new double[3];
    for (int i = 0; i < 3; i++) {
      mixed[i] = opacity * colour[i] + (1 - opacity) * ground[i];
    }
    return mixed;
  }

  /** Distance in Oklab (Ottosson 2020), where black and white are 1 apart. */
  private static double distance(double[] a, double[] b) {
    double[] x = oklab(a);
    double[] y = oklab(b);
    return Math.hypot(Math.hypot(x[0] - y[0], x[1] - y[1]), x[2] - y[2]);
  }

  private static double[] oklab(double[] colour) {
    double[] c = linear(colour);
    double l = Math.cbrt(0.4122214708 * c[0] + 0.5363325363 * c[1] + 0.0514459929 * c[2]);
    double m = Math.cbrt(0.2119034982 * c[0] + 0.6806995451 * c[1] + 0.1073969566 * c[2]);
    double s = Math.cbrt(0.0883024619 * c[0] + 0.2817188376 * c[1] + 0.6299787005 * c[2]);
    return new double[] {
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void everyPointAndLineHasThreeToOneOfContrast(String scheme) throws IOException {
    double opacity = Integer.parseInt(found(resource("report.js"), "veil = \"(..)\""), 16) / 255.0;
    double[] ground = ground(scheme);
    List<double[]> palette = palette(scheme);
    assertThat(palette).hasSize(20);
    assertThat(palette)
        .allSatisfy(
            colour ->
                assertThat(contrast(over(ground, colour, opacity), ground))
                    .isGreaterThanOrEqualTo(3)
                    .isLessThan(contrast(colour, ground)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void coloursAreToldApartAndNeighboursAtAGlance(String scheme) throws IOException {
    List<double[]> palette = palette(scheme);
    for (int i = 0; i < palette.size(); i++) {
      for (int j = 0; j < i; j++) {
        double least = j == i - 1 ? 0.15 : i < 10 ? 0.1 : 0.07;
        assertThat(distance(palette.get(i), palette.get(j)))
            .as("%s: colours %d and %d", scheme, j, i)
            .isGreaterThan(least);
      }
    }
  }
}
