package io.sparkae.report;

import java.util.List;

/** Writes tables as one HTML file that needs nothing else, in the style of the reports. */
public final class TablePage {
  /**
   * A table.
   *
   * @param title heading
   * @param rows cells of the rows, the first row the headings
   */
  public record Table(String title, List<List<String>> rows) {}

  private TablePage() {}

  /**
   * {@return the whole file}
   *
   * @param title heading
   * @param about a paragraph under it
   * @param tables the tables, in order
   */
  public static String render(String title, String about, List<Table> tables) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\"")
        .append(" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
    element(page, "title", title);
    page.append("<style>").append(HtmlReport.resource("report.css")).append("</style>\n");
    page.append("</head>\n<body>\n<main>\n");
    element(page, "h1", title);
    page.append("<p class=\"quiet\">").append(escaped(about)).append("</p>\n");
    tables.forEach(table -> append(page, table));
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private static void append(StringBuilder page, Table table) {
    element(page, "h2", table.title());
    page.append("<div class=\"card scroll\"><table>\n");
    for (int i = 0; i < table.rows().size(); i++) {
      page.append("<tr>");
      for (String cell : table.rows().get(i)) {
        element(page, i == 0 ? "th" : "td", cell);
      }
      page.append("</tr>\n");
    }
    page.append("</table></div>\n");
  }

  private static void element(StringBuilder page, String name, String text) {
    page.append('<').append(name).append('>').append(escaped(text));
    page.append("</").append(name).append(">\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
