package io.sparkae.jobs;

import io.sparkae.report.HtmlReport;
import io.sparkae.report.ReportData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a person wants to see of one or several models as one HTML file. */
final class ReportCommand implements Command {
  private static final Logger LOG = LoggerFactory.getLogger(ReportCommand.class);

  private static final Option<List<String>> MODELS =
      Option.names("model", "saved model, or several to be shown side by side").asRequired();
  private static final Option<String> INPUT =
      Option.text("input", "PATH", "table of rows to encode (Parquet); without it there are none");
  private static final Option<String> OUTPUT = Common.output("HTML file to write");

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String summary() {
    return "writes settings, curves, pictures and codes of saved models as one HTML file";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        MODELS,
        INPUT,
        OUTPUT,
        Common.FEATURES_COL,
        Common.INPUT_COLS,
        Common.OVERWRITE,
        Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    try (Session session = Session.open(this, arguments)) {
      Inputs inputs = new Inputs(session.spark());
      Outputs outputs = new Outputs(session.spark());
      String output = arguments.get(OUTPUT);
      boolean overwrite = arguments.get(Common.OVERWRITE);
      outputs.requireFile(OUTPUT.name(), output, overwrite, ".html");
      Optional<Dataset<Row>> table = Optional.empty();
      if (arguments.find(INPUT).isPresent()) {
        table = Optional.of(inputs.table(INPUT.name(), arguments.get(INPUT)));
      }
      long rows = table.map(Dataset::count).orElse(0L);
      List<ReportData.ModelReport> models = new ArrayList<>();
      for (String path : arguments.get(MODELS)) {
        Model<?> model = Models.load(session.spark(), inputs, path);
        table.ifPresent(input -> Common.setFeatures(model, arguments, input.schema()));
        models.add(report(path, model, table, rows));
      }
      String title = models.size() == 1 ? models.get(0).name() : models.size() + " models";
      ReportData data = new ReportData(title, arguments.find(INPUT).orElse(""), models);
      String html = HtmlReport.render(data);
      outputs.writeFile(output, html.getBytes(StandardCharsets.UTF_8), overwrite);
      console.result("%s: %s, %d kB", output, title, html.length() / 1000);
    }
  }

  private static ReportData.ModelReport report(
      String path, Model<?> model, Optional<Dataset<Row>> table, long rows) {
    ReportBuilder builder = new ReportBuilder(path, model);
    try {
      return table.isPresent() ? builder.with(table.get(), rows) : builder.withoutRows();
    } catch (RuntimeException e) {
      throw Common.inOptionWords(e);
    }
  }

  /**
   * The report of a model that was just trained; none, with a warning, if it cannot be made: that
   * must not cost the model.
   *
   * @param table the rows that it was trained on
   */
  static Optional<String> ofTrained(
      String path, Model<?> model, Dataset<Row> table, Console console) {
    try {
      ReportData.ModelReport report =
          new ReportBuilder(path, model).onTrainingRows().with(table, table.count());
      return Optional.of(HtmlReport.render(new ReportData(path, "", List.of(report))));
    } catch (Exception | OutOfMemoryError | StackOverflowError e) { // Spark declares not all
      LOG.warn("no report could be made of {}", path, e);
      console.progress("no report: %s", Failures.line(e));
      return Optional.empty();
    }
  }
}
