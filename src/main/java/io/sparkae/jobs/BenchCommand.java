package io.sparkae.jobs;

import io.sparkae.data.ParquetSource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures how fast fixed tasks are, and how near training is to what the BLAS can do at most. */
final class BenchCommand implements Command {
  private static final Option<String> WORKLOAD =
      Option.choice(
              "workload",
              BenchWorkload.ALL.stream().map(BenchWorkload::name).toList(),
              BenchWorkload.ALL.stream()
                  .map(workload -> workload.name() + ": " + workload.description())
                  .collect(Collectors.joining("; ")))
          .withDefault(BenchWorkload.ALL.get(0).name());
  private static final Option<String> INPUT = Common.input("table of the rows (Parquet)");
  private static final Option<String> TEST =
      Option.text(
          "test",
          "PATH",
          "table of rows (Parquet) to measure the squared error of the trained net on");
  private static final Option<Double> SECONDS =
      Option.number("seconds", 1, "how long to measure, about, after a warm-up").withDefault("20");
  private static final Option<Integer> EPOCHS =
      Option.smallNumber(
          "epochs",
          1,
          "epochs to train for, of quality the first number to try; as many as the seconds allow, at"
              + " least 3, unless given");
  private static final Option<Double> TARGET =
      Option.number("target", 0, "squared error on the rows of --test to train to, of quality");

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String summary() {
    return "measures training, encoding and packing in rows per second, training beside the BLAS";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(WORKLOAD, INPUT, TEST, SECONDS, EPOCHS, TARGET, Common.JSON, Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    InfoCommand.warnOfPinnedKernels(System.getenv(), console);
    BenchWorkload workload = BenchWorkload.of(arguments.get(WORKLOAD));
    check(workload, arguments);
    if (workload.isLocal()) {
      requireLocal(Session.master(arguments));
    }
    try (Session session = Session.open(this, arguments)) {
      Inputs inputs = new Inputs(session.spark());
      Dataset<Row> table = features(inputs, INPUT, arguments.get(INPUT));
      Optional<Dataset<Row>> test = Optional.empty();
      if (arguments.given(TEST)) {
        test = Optional.of(features(inputs, TEST, arguments.get(TEST)));
      }
      BenchWorkload.Task task =
          new BenchWorkload.Task(
              table,
              table.first().<Vector>getAs(0).size(),
              test,
              arguments.get(SECONDS),
              arguments.find(EPOCHS),
              arguments.find(TARGET),
              console);
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("workload", workload.name());
      result.putAll(workload.measure(task));
      report(arguments, result, console);
    }
  }

  /** Refuses options that the workload has no use for, and a lack of those that it needs. */
  private static void check(BenchWorkload workload, Arguments arguments) {
    for (Option<?> option : List.of(TEST, EPOCHS, TARGET)) {
      boolean given = arguments.given(option);
      if (given && !workload.heeded().contains(option.name())) {
        throw new UsageException(
            "--" + option.name() + " does nothing with --workload " + workload.name());
      }
      if (!given && workload.needed().contains(option.name())) {
        throw new UsageException(
            "--" + option.name() + " is missing, which --workload " + workload.name() + " needs");
      }
    }
  }

  private static void requireLocal(String master) {
    if (!master.equals("local") && !master.startsWith("local[")) {
      throw new UsageException(
          "--master "
              + master
              + " cannot be measured: this workload is one of the driver's own cores and disks, so"
              + " name local[*] or local[N]");
    }
  }

  private static Dataset<Row> features(Inputs inputs, Option<String> option, String input)
      throws IOException {
    Dataset<Row> table = inputs.table(option.name(), input);
    if (!List.of(table.columns()).contains("features")) {
      throw new UsageException(
          "--"
              + option.name()
              + " "
              + input
              + " has no column features: it has "
              + String.join(", ", table.columns()));
    }
    if (table.isEmpty()) {
      throw new UsageException("--" + option.name() + " " + input + " has no rows");
    }
    return ParquetSource.select(table, List.of("features"), Optional.empty(), input);
  }

  /** What gets a line each. */
  private static List<?> lines(Object value) {
    return value instanceof List<?> list ? list : List.of(value);
  }

  private static void report(Arguments arguments, Map<String, Object> result, Console console) {
    if (arguments.get(Common.JSON)) {
      console.json(result);
    } else {
      result.forEach(
          (name, value) -> lines(value).forEach(v -> console.result("%-16s %s", name, v)));
    }
  }
}
