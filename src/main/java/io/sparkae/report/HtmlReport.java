package io.sparkae.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes a report as one HTML file that needs nothing else: script, style, data and pictures are in
 * it. Texts reach the page as data and never as markup.
 */
public final class HtmlReport {
  private static final String CHART =
      "/META-INF/resources/webjars/chart.js/4.4.4/dist/chart.umd.js";

  private HtmlReport() {}

  /**
   * {@return the whole file}
   *
   * @param data what the file tells
   */
  public static String render(ReportData data) {
    String page = resource("report.html");
    page = fill(page, "style", resource("report.css"));
    page = fill(page, "chart", withoutSourceMap(resource(CHART)));
    page = fill(page, "script", resource("report.js"));
    return fill(page, "data", json(data));
  }

  private static String fill(String page, String name, String content) {
    String mark = "/*" + name + "*/";
    int at = page.indexOf(mark);
    if (at < 0) {
      throw new IllegalStateException("the page has no place for " + name);
    }
    return page.substring(0, at) + content + page.substring(at + mark.length());
  }

  /** The map is not in the file: a browser's tools would ask for it. */
  private static String withoutSourceMap(String script) {
    return script.replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }

  /** JSON that cannot end the script element that holds it. */
  private static String json(ReportData data) {
    try {
      return new ObjectMapper()
          .writeValueAsString(data)
          .replace("<", "\\u003c")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the report's data cannot be written as JSON", e);
    }
  }

  static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
