package io.sparkae.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One file that needs nothing else, and in which texts stay texts. */
class HtmlReportTest {
  private static final String HOSTILE = "</script><script>alert('1')</script><!--\u2028\"&";

  private static ReportData data(String name) {
    return new ReportData(
        name,
        name,
        List.of(
            new ReportData.ModelReport(
                name,
                Map.of(name, name),
                List.of(new ReportData.Setting("codeSize", "2", false, "width")),
                new ReportData.Curves(
                    "",
                    "epoch",
                    new double[] {3, Double.NaN, 1},
                    Map.of("reconstruction", new double[] {3, Double.NaN, 1}),
                    new double[][] {{0.1}, {0.2}, {0.3}},
                    new double[] {4, 2.5, 2},
                    "validation",
                    new double[] {0.1, 0.1, 0.1},
                    2,
                    false),
                List.of(),
                List.of(),
                List.of(
                    new ReportData.Scatter(
                        name,
                        "caption",
                        new float[] {1},
                        new float[] {2},
                        new int[] {0},
                        List.of(name))),
                List.of(new ReportData.Unit(0.5, 0.25, 0, 0.125)),
                List.of(),
                List.of(
                    new ReportData.Table(name, List.of(name), List.of(List.of(name, 2.5)), name)),
                List.of())));
  }

  private static JsonNode embedded(String html) throws IOException {
    Matcher element =
        Pattern.compile(
                "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
            .matcher(html);
    assertThat(element.find()).isTrue();
    return new ObjectMapper().readTree(element.group(1));
  }

  @Test
  void dataComeBackAsTheyWere() throws IOException {
    JsonNode data = embedded(HtmlReport.render(data(HOSTILE)));
    assertThat(data.get("title").textValue()).isEqualTo(HOSTILE);
    JsonNode model = data.get("models").get(0);
    assertThat(model.get("facts").get(HOSTILE).textValue()).isEqualTo(HOSTILE);
    assertThat(model.get("planes").get(0).get("labels").get(0).textValue()).isEqualTo(HOSTILE);
    assertThat(model.get("curves").get("validation").get(1).doubleValue()).isEqualTo(2.5);
    assertThat(model.get("curves").get("losses").get("reconstruction").get(1).textValue())
        .isEqualTo("NaN");
  }

  @Test
  void textsAreNeverMarkup() {
    String plain = HtmlReport.render(data("a model"));
    String hostile = HtmlReport.render(data(HOSTILE));
    assertThat(hostile).doesNotContain("<script>alert").doesNotContain("\u2028");
    assertThat(count(hostile, "</script>")).isEqualTo(count(plain, "</script>")).isEqualTo(3);
    assertThat(count(hostile, "<!--")).isEqualTo(count(plain, "<!--"));
    assertThat(resourcesOfOurs(plain)).doesNotContain("innerHTML");
  }

  /** The page without the chart library. */
  private static String resourcesOfOurs(String html) {
    return html.substring(html.lastIndexOf("<script>"));
  }

  @Test
  void nothingIsLoadedFromAnywhere() {
    String html = HtmlReport.render(data("a model"));
    assertThat(html).contains("default-src 'none'").contains("Chart.js v4.4.4");
    assertThat(html).doesNotContain("sourceMappingURL");
    assertThat(html).doesNotContainPattern("(src|href)=[\"']?(?!data:)\\w");
    assertThat(html).doesNotContainPattern("@import|url\\(");
    assertThat(html).doesNotContain("/*style*/", "/*chart*/", "/*script*/", "/*data*/");
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
