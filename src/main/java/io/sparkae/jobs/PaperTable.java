package io.sparkae.jobs;

import io.sparkae.report.TablePage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of test errors beside the paper's, and the trials that it was chosen from. */
final class PaperTable {
  /** A cell of the table. */
  private record Cell(TrialSearch.Best best, long testRows) {}

  private final TrialLog log;
  private final boolean quick;
  private final Map<String, Map<String, Cell>> cells = new LinkedHashMap<>();

  PaperTable(TrialLog log, boolean quick) {
    this.log = log;
    this.quick = quick;
  }

  void put(String set, String column, TrialSearch.Best best, long testRows) {
    cells.computeIfAbsent(set, s -> new LinkedHashMap<>()).put(column, new Cell(best, testRows));
  }

  private static String withInterval(double errorPercent, long rows) {
    return String.format(
        Locale.ROOT, "%.2f ± %.2f", errorPercent, Vincent2008.halfInterval(errorPercent, rows));
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("set", "net", "here", "paper", "chosen on the validation rows"));
    cells.forEach(
        (set, columns) ->
            columns.forEach(
                (column, cell) ->
                    rows.add(
                        List.of(
                            set,
                            column,
                            withInterval(cell.best().result().testErrorPercent(), cell.testRows()),
                            withInterval(
                                Vincent2008.errorPercent(set, column), Vincent2008.TEST_ROWS),
                            cell.best().trial().description()))));
    return rows;
  }

  private List<List<String>> trials() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("set", "net", "settings", "validation", "test", "epochs", "seconds"));
    log.all()
        .forEach(
            (key, result) ->
                rows.add(
                    List.of(
                        key.set(),
                        key.trial().column(),
                        key.trial().description(),
                        String.format(Locale.ROOT, "%.2f", result.validationErrorPercent()),
                        String.format(Locale.ROOT, "%.2f", result.testErrorPercent()),
                        String.valueOf(result.epochs()),
                        String.format(Locale.ROOT, "%.0f", result.seconds()))));
    return rows;
  }

  private String about() {
    return (quick ? "QUICK: small nets on few rows, which say nothing about the paper. " : "")
        + "Test errors in percent with 95% intervals; the paper's are of 50,000 test rows. "
        + "Of the trials of a net the one with the fewest validation errors is shown.";
  }

  /** The table in Markdown. */
  String markdown() {
    StringBuilder text = new StringBuilder(about()).append("\n\n");
    List<List<String>> rows = rows();
    for (int i = 0; i < rows.size(); i++) {
      text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
      if (i == 0) {
        text.append("|---".repeat(rows.get(0).size())).append("|\n");
      }
    }
    return text.toString();
  }

  /** The table and all trials as a page. */
  String html() {
    return TablePage.render(
        "Vincent et al. 2008, table 1",
        about(),
        List.of(
            new TablePage.Table("Test error", rows()),
            new TablePage.Table("All trials", trials())));
  }
}
