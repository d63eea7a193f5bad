package io.sparkae.jobs;

import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trains the nets of a paper's table, chooses their settings on validation rows, and writes the
 * table beside the paper's figures. Every trial is kept: a run that is stopped goes on where it
 * was.
 */
final class PaperVincent2008Command implements Command {
  private static final Option<List<String>> SETS =
      Option.names(
          "sets",
          "sets to train on: "
              + String.join(", ", Vincent2008.sets())
              + "; default those that need no pictures, with --pictures all");
  private static final Option<List<String>> COLUMNS =
      Option.names(
          "columns",
          "nets to train: " + String.join(", ", Vincent2008.COLUMNS) + "; default all of them");
  private static final Option<String> OUTPUT =
      Option.text(
          "output",
          "FOLDER",
          "folder of this machine for the sets, the trials and the table; a run that was stopped"
              + " goes on there");
  private static final Option<String> RECTANGLES =
      Option.text(
          "rectangles",
          "FILE",
          "the published rectangles.zip; default that in SPARKAE_DATA, then generated ones");
  private static final Option<Boolean> QUICK =
      Option.flag("quick", "small nets on few rows, to see that all works (4 minutes on 2 cores)");
  private static final Option<Long> SEED =
      Option.anyNumber("seed", "seed of everything random").withDefault("1");

  @Override
  public String name() {
    return "paper-vincent2008";
  }

  @Override
  public String summary() {
    return "trains the nets of Vincent et al. 2008, table 1, and compares (hours; resumes)";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        OUTPUT.asRequired(),
        SETS,
        COLUMNS,
        QUICK,
        SEED,
        GenerateFiles.MNIST,
        GenerateFiles.OFFLINE,
        GenerateFiles.PICTURES,
        RECTANGLES,
        Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    List<String> sets = chosen(SETS, Vincent2008.sets(), arguments);
    if (!arguments.given(SETS) && !arguments.given(GenerateFiles.PICTURES)) {
      sets = sets.stream().filter(set -> !Vincent2008.ofPictures(set)).toList();
    }
    requireUse(RECTANGLES, Vincent2008.RECT::equals, sets, arguments);
    requireUse(GenerateFiles.MNIST, Vincent2008::ofDigits, sets, arguments);
    requireUse(GenerateFiles.OFFLINE, Vincent2008::ofDigits, sets, arguments);
    requireUse(GenerateFiles.PICTURES, Vincent2008::ofPictures, sets, arguments);
    List<String> columns = chosen(COLUMNS, Vincent2008.COLUMNS, arguments);
    Map<String, List<String>> sources = new LinkedHashMap<>();
    sets.forEach(set -> sources.put(set, source(set, arguments)));
    Path output = WorkingFolder.file(arguments.get(OUTPUT)).toPath().toAbsolutePath();
    Files.createDirectories(output);
    String prefix = arguments.get(QUICK) ? "quick-" : "";
    try (Session session = Session.open(this, arguments)) {
      if (arguments.given(GenerateFiles.PICTURES)) {
        new Inputs(session.spark())
            .requireInput(GenerateFiles.PICTURES.name(), arguments.get(GenerateFiles.PICTURES));
      }
      TrialLog log = new TrialLog(output.resolve(prefix + "trials.jsonl"));
      Path folder = output.resolve(prefix + "data-" + arguments.get(SEED));
      PaperSets data = new PaperSets(session.spark(), folder, arguments.get(QUICK));
      for (String set : sets) {
        data.prepare(set, sources.get(set), arguments.get(SEED), console);
        train(set, columns, data, log, arguments, console);
        PaperTable table = table(log, data, arguments);
        write(output.resolve(prefix + "table.md"), table.markdown());
        write(page(output, prefix), table.html());
      }
      console.result("%s", table(log, data, arguments).markdown());
      console.result(
          "%s: the table, and all trials: %s",
          output.resolve(prefix + "table.md"), page(output, prefix));
    }
  }

  private static PaperTable table(TrialLog log, PaperSets data, Arguments arguments)
      throws IOException {
    return new PaperTable(log, arguments.get(SEED), arguments.get(QUICK), data.rectangles());
  }

  private static Path page(Path output, String prefix) {
    return output.resolve(prefix + "report.html");
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  private static List<String> chosen(
      Option<List<String>> option, List<String> all, Arguments arguments) {
    List<String> names = arguments.find(option).orElse(all);
    for (String name : names) {
      if (!all.contains(name)) {
        throw new UsageException(
            "--" + option.name() + " must be of " + String.join(", ", all) + ", not " + name);
      }
    }
    return names;
  }

  private static void requireUse(
      Option<?> option, Predicate<String> uses, List<String> sets, Arguments arguments) {
    if (arguments.differs(option) && sets.stream().noneMatch(uses)) {
      throw new UsageException(
          "--"
              + option.name()
              + " is for --sets "
              + Vincent2008.sets().stream().filter(uses).collect(Collectors.joining(", "))
              + ", not "
              + String.join(", ", sets));
    }
  }

  /** What a set is made of, as options of the command that makes it. */
  private static List<String> source(String set, Arguments arguments) {
    if (set.equals(Vincent2008.RECT)) {
      return PaperSets.rectangles(arguments.find(RECTANGLES));
    }
    List<String> options = new ArrayList<>();
    if (Vincent2008.ofDigits(set)) {
      arguments.find(GenerateFiles.MNIST).ifPresent(f -> options.addAll(List.of("--mnist", f)));
      if (arguments.get(GenerateFiles.OFFLINE)) {
        options.add("--offline");
      }
    }
    if (Vincent2008.ofPictures(set)) {
      String folder =
          arguments
              .find(GenerateFiles.PICTURES)
              .orElseThrow(() -> new UsageException("--sets " + set + " needs --pictures FOLDER"));
      options.addAll(List.of("--pictures", folder));
    }
    return options;
  }

  private static void train(
      String set,
      List<String> columns,
      PaperSets data,
      TrialLog log,
      Arguments arguments,
      Console console)
      throws IOException {
    Dataset<Row> train = data.table(set, "train").withColumn(TrialRunner.IS_VALIDATION, lit(false));
    Dataset<Row> validation =
        data.table(set, "validation").withColumn(TrialRunner.IS_VALIDATION, lit(true));
    TrialRunner runner =
        new TrialRunner(train.unionByName(validation), data.table(set, "test"), console);
    long trainingRows = train.count();
    for (String column : columns) {
      TrialSearch search =
          TrialSearch.of(column, trainingRows, arguments.get(QUICK), arguments.get(SEED));
      int[] number = {0};
      search.run(
          trial -> {
            number[0]++;
            Optional<Trial.Result> known = log.find(set, trial);
            if (known.isPresent()) {
              return known.get();
            }
            String what = trial.description();
            console.progress("%s %s, %d of %d: %s", set, column, number[0], search.trials(), what);
            Trial.Result result = runner.run(trial);
            log.add(set, trial, result);
            console.progress(
                "  validation %.2f%%, test %.2f%% wrong, %.0f s",
                result.validationErrorPercent(), result.testErrorPercent(), result.seconds());
            return result;
          });
    }
  }
}
