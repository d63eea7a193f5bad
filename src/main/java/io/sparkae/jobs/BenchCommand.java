package io.sparkae.jobs;

import io.sparkae.core.linalg.SgemmRate;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.data.ParquetSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures how fast training is, and how near to what the BLAS can do at most. */
final class BenchCommand implements Command {
  /** Seconds at most of each of the two measurements of the BLAS, before and after the training. */
  private static final double SGEMM_SECONDS = 2;

  /** Epochs that are measured at least. */
  private static final int MIN_EPOCHS = 3;

  /** Rounds of one row for each replica that are measured. */
  private static final int ROUNDS = 25;

  private static final Option<String> WORKLOAD =
      Option.choice(
              "workload",
              BenchWorkload.names(),
              "what is trained: deep is " + BenchWorkload.DEEP.description())
          .withDefault(BenchWorkload.DEEP.name());
  private static final Option<String> INPUT = Common.input("table of the rows (Parquet)");
  private static final Option<Double> SECONDS =
      Option.number(
              "seconds",
              1,
              "how long to train, about; whatever it is, one epoch warms up and at least "
                  + MIN_EPOCHS
                  + " are measured")
          .withDefault("20");

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public String summary() {
    return "measures training in rows per second and against the speed of the BLAS";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(WORKLOAD, INPUT, SECONDS, Common.JSON, Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    InfoCommand.warnOfPinnedKernels(System.getenv(), console);
    BenchWorkload workload = BenchWorkload.of(arguments.get(WORKLOAD));
    requireLocal(Session.master(arguments));
    try (Session session = Session.open(this, arguments)) {
      Dataset<Row> table = features(new Inputs(session.spark()), arguments.get(INPUT));
      int features = table.first().<Vector>getAs(0).size();
      Stopwatch warmUp = new Stopwatch();
      console.progress("warming up: one epoch");
      workload.train(table, 1, warmUp);
      int threads = warmUp.plan.replicas() * warmUp.plan.threads();
      double sgemmSeconds = Math.min(SGEMM_SECONDS, arguments.get(SECONDS) / 5);
      double before = SgemmRate.measure(threads, sgemmSeconds);
      int epochs = epochs(arguments.get(SECONDS), warmUp);
      console.progress("measuring: %d epochs", epochs);
      Stopwatch measured = new Stopwatch();
      workload.train(table, epochs, measured);
      double after = SgemmRate.measure(threads, sgemmSeconds);
      Map<String, Object> result = new LinkedHashMap<>();
      double rowsPerSecond = median(measured.rowsPerSecond);
      double sgemm = (before + after) / 2;
      result.put("workload", workload.name());
      result.put("rowsPerSecond", Math.rint(rowsPerSecond));
      result.put("sgemmGflops", Math.rint(sgemm * 10) / 10);
      double flops = rowsPerSecond * workload.network(features).flopsPerTrainedRow();
      result.put("fractionOfSgemm", Math.rint(1000 * flops / (sgemm * 1e9)) / 1000);
      result.put("roundMillis", roundMillis(workload, table, warmUp.plan.replicas()));
      result.put("threads", threads);
      report(arguments, result, console);
    }
  }

  private static void requireLocal(String master) {
    if (!master.equals("local") && !master.startsWith("local[")) {
      throw new UsageException(
          "--master "
              + master
              + " cannot be measured: the speed of the BLAS is that of the driver's own cores, so"
              + " name local[*] or local[N]");
    }
  }

  private static Dataset<Row> features(Inputs inputs, String input) throws IOException {
    Dataset<Row> table = inputs.table(INPUT.name(), input);
    if (!List.of(table.columns()).contains("features")) {
      throw new UsageException(
          "--input "
              + input
              + " has no column features: it has "
              + String.join(", ", table.columns()));
    }
    if (table.isEmpty()) {
      throw new UsageException("--input " + input + " has no rows");
    }
    return ParquetSource.select(table, List.of("features"), Optional.empty(), input);
  }

  /**
   * The median time of rounds that have but one row for each replica: what a round costs itself.
   */
  private static double roundMillis(BenchWorkload workload, Dataset<Row> table, int replicas) {
    Stopwatch rounds = new Stopwatch();
    workload.train(table.limit(replicas), ROUNDS, rounds);
    return Math.rint(10_000 * median(rounds.seconds)) / 10;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private static int epochs(double seconds, Stopwatch warmUp) {
    return (int) Math.max(MIN_EPOCHS, Math.min(10_000, Math.ceil(seconds / warmUp.seconds.get(0))));
  }

  private static void report(Arguments arguments, Map<String, Object> result, Console console) {
    if (arguments.get(Common.JSON)) {
      console.json(result);
    } else {
      result.forEach((name, value) -> console.result("%-16s %s", name, value));
    }
  }

  /** Keeps the plan and the speed of each epoch of a training. */
  private static final class Stopwatch implements TrainingListener {
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> rowsPerSecond = new ArrayList<>();
    private TrainingPlan plan;

    @Override
    public void onStart(TrainingPlan started) {
      plan = started;
    }

    @Override
    public void onEpoch(EpochEvent event) {
      seconds.add(event.seconds());
      rowsPerSecond.add(event.rows() / event.seconds());
    }
  }
}
