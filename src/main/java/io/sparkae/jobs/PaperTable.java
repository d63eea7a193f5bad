package io.sparkae.jobs;

import io.sparkae.report.TablePage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The table of test errors beside the paper's: of the trials of each net, in whatever run, the one
 * with the fewest validation errors, the first of several. A net whose search is not at its end is
 * marked.
 *
 * @param log the trials
 * @param seed of the trials that count
 * @param quick whether the nets are small and the rows few
 * @param rectangles where the rows of the rectangles are from, if there are any
 */
record PaperTable(TrialLog log, long seed, boolean quick, Optional<String> rectangles) {
  private List<Map.Entry<TrialLog.Key, Trial.Result>> trials(String set, String column) {
    return log.all().entrySet().stream()
        .filter(entry -> entry.getKey().set().equals(set))
        .filter(entry -> entry.getKey().trial().column().equals(column))
        .filter(entry -> entry.getKey().trial().seed() == seed)
        .toList();
  }

  private static String withInterval(double errorPercent, long rows) {
    return String.format(
        Locale.ROOT, "%.2f ± %.2f", errorPercent, Vincent2008.halfInterval(errorPercent, rows));
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("set", "net", "here", "paper", "chosen on the validation rows"));
    for (String set : Vincent2008.sets()) {
      for (String column : Vincent2008.COLUMNS) {
        List<Map.Entry<TrialLog.Key, Trial.Result>> trials = trials(set, column);
        int asked = TrialSearch.of(column, Vincent2008.TEST_ROWS, quick, seed).trials();
        String state =
            trials.size() < asked ? ", after " + trials.size() + " of " + asked + " trials" : "";
        trials.stream()
            .min(Comparator.comparingDouble(entry -> entry.getValue().validationErrorPercent()))
            .ifPresent(best -> rows.add(row(best.getKey(), best.getValue(), state)));
      }
    }
    return rows;
  }

  private static List<String> row(TrialLog.Key key, Trial.Result result, String state) {
    String column = key.trial().column();
    double paper = Vincent2008.errorPercent(key.set(), column);
    return List.of(
        key.set(),
        column,
        withInterval(result.testErrorPercent(), result.testRows()),
        withInterval(paper, Vincent2008.TEST_ROWS),
        key.trial().description() + state);
  }

  private List<List<String>> trials() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("set", "net", "seed", "settings", "validation", "test", "epochs", "seconds"));
    log.all()
        .forEach(
            (key, result) ->
                rows.add(
                    List.of(
                        key.set(),
                        key.trial().column(),
                        String.valueOf(key.trial().seed()),
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
        + "Of the trials of a net the one with the fewest validation errors is shown. "
        + "Sets are drawn anew as the paper tells"
        + rectangles.map(from -> "; rows of " + Vincent2008.RECT + ": " + from + ".").orElse(".");
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
