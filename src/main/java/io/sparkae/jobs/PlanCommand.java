package io.sparkae.jobs;

import io.sparkae.core.Check;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.train.Averaging;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.core.train.UpdatePrecision;
import io.sparkae.core.train.ValidationSettings;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Predicts time, traffic and memory of a training on a cluster that need not be there. */
final class PlanCommand implements Command {
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  private static final Option<List<String>> LAYERS =
      Option.names("layers", "widths from the features to the code, such as 784,1000,500,250,30")
          .asRequired();
  private static final Option<Long> ROWS =
      Option.wholeNumber("rows", 1, "rows to train on").asRequired();
  private static final Option<Integer> EXECUTORS =
      Option.smallNumber("executors", 1, "the most executors to look at").withDefault("1000");
  private static final Option<Integer> CORES =
      Option.smallNumber("cores", 1, "cores of each executor").withDefault("8");
  private static final Option<Double> BANDWIDTH =
      Option.number("bandwidth", 0.001, "Gbit/s of the driver's link").withDefault("10");
  private static final Option<Double> LATENCY =
      Option.number("latency", 0, "milliseconds of the network").withDefault("0.5");
  private static final Option<Integer> BATCH_SIZE =
      Option.smallNumber("batch-size", 1, "rows of a step over the whole cluster")
          .withDefault("" + TrainingSettings.DEFAULT.batchSize());
  private static final Option<Integer> STEPS_PER_ROUND =
      Option.smallNumber("steps-per-round", 0, "as train has it; 0 for its default")
          .withDefault("0");
  private static final Option<String> OPTIMIZER =
      Option.choice(
              "optimizer",
              List.of("sgd", "momentum", "nesterov", "adagrad", "adam", "lazyAdam"),
              "rule of the steps")
          .withDefault("adam");
  private static final Option<String> AVERAGING =
      Option.choice("averaging", List.of("local", "synchronous"), "as train has it")
          .withDefault("local");
  private static final Option<String> UPDATE_PRECISION =
      Option.choice("update-precision", List.of("float32", "bfloat16"), "as train has it")
          .withDefault("float32");
  private static final Option<String> CONSTANTS =
      Option.text(
          "constants",
          "FILE",
          "what bench --workload constants --json printed on that kind of machine; a reference"
              + " machine's unless given");

  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String summary() {
    return "predicts time, traffic and memory of training on clusters of any size";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(
        LAYERS,
        ROWS,
        EXECUTORS,
        CORES,
        BANDWIDTH,
        LATENCY,
        BATCH_SIZE,
        STEPS_PER_ROUND,
        OPTIMIZER,
        AVERAGING,
        UPDATE_PRECISION,
        CONSTANTS,
        Common.JSON);
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    CostModel model =
        new CostModel(
            constants(arguments),
            new CostModel.Net(widths(arguments.get(LAYERS))),
            settings(arguments),
            arguments.get(ROWS),
            arguments.get(CORES),
            arguments.get(BANDWIDTH) * 1e9 / Byte.SIZE,
            arguments.get(LATENCY) / 1e3);
    int most = arguments.get(EXECUTORS);
    int useful = (int) Math.min(Math.min(most, arguments.get(BATCH_SIZE)), arguments.get(ROWS));
    List<CostModel.Cost> curve = model.curve(useful);
    if (arguments.get(Common.JSON)) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("parameters", model.net().parameters());
      result.put("curve", curve.stream().map(PlanCommand::asMap).toList());
      CostModel.Bend bend = CostModel.bend(curve);
      result.put("bendsAt", bend == null ? null : bend.at().executors());
      result.put("because", bend == null ? null : bend.behind().largest());
      console.json(result);
      return;
    }
    print(model, curve, console);
    if (useful < most) {
      console.result(
          "More executors than %d have no row of their own in a step: --batch-size would have to"
              + " grow, too.",
          useful);
    }
  }

  private static TrainingSettings settings(Arguments arguments) {
    OptimizerSettings.Kind kind =
        Check.choice(OptimizerSettings.Kind.class, "optimizer", arguments.get(OPTIMIZER));
    return new TrainingSettings(
        OptimizerSettings.DEFAULT.withKind(kind),
        Map.of(),
        arguments.get(BATCH_SIZE),
        1,
        Check.choice(Averaging.class, "averaging", arguments.get(AVERAGING)),
        0,
        0,
        arguments.get(STEPS_PER_ROUND),
        1,
        ValidationSettings.NONE,
        Check.choice(UpdatePrecision.class, "update-precision", arguments.get(UPDATE_PRECISION)));
  }

  private static List<Integer> widths(List<String> words) {
    try {
      List<Integer> widths = words.stream().map(Integer::valueOf).toList();
      if (widths.size() >= 2 && widths.stream().allMatch(width -> width >= 1)) {
        return widths;
      }
    } catch (NumberFormatException notANumber) { // said below
    }
    throw new UsageException(
        "--layers must be two or more widths, such as 784,30, not " + String.join(",", words));
  }

  private static CostConstants constants(Arguments arguments) throws IOException {
    if (arguments.find(CONSTANTS).isEmpty()) {
      return CostConstants.REFERENCE;
    }
    String file = arguments.get(CONSTANTS);
    try {
      return CostConstants.parse(Files.readString(Path.of(file)).strip());
    } catch (NoSuchFileException e) {
      throw new UsageException("--constants " + file + " is not there");
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new UsageException(
          "--constants "
              + file
              + " is not what bench --workload constants --json prints: "
              + e.getMessage());
    }
  }

  private static Map<String, Object> asMap(CostModel.Cost cost) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("executors", cost.executors());
    map.put("epochSeconds", cost.epochSeconds());
    map.put("productSeconds", cost.computeSeconds());
    map.put("stepSeconds", cost.stepSeconds());
    map.put("roundSeconds", cost.roundSeconds());
    map.put("networkSeconds", cost.networkSeconds());
    map.put("stepsPerRound", cost.stepsPerRound());
    map.put("rounds", cost.rounds());
    map.put("trafficBytes", cost.trafficBytes());
    map.put("executorBytes", cost.executorBytes());
    map.put("driverBytes", cost.driverBytes());
    return map;
  }

  private static void print(CostModel model, List<CostModel.Cost> curve, Console console) {
    console.result(
        "%s mirrored: %,d parameters, %,d rows",
        String.join("-", model.net().widths().stream().map(String::valueOf).toList()),
        model.net().parameters(),
        model.rows());
    console.result(
        "%9s %8s %8s %8s %8s %8s %8s %12s %10s %10s",
        "executors",
        "epoch s",
        "speed-up",
        "products",
        "steps",
        "rounds",
        "network",
        "traffic",
        "executor",
        "driver");
    double one = curve.get(0).epochSeconds();
    for (CostModel.Cost cost : curve) {
      double all = cost.epochSeconds();
      console.result(
          "%9d %8s %8.1f %7.0f%% %7.0f%% %7.0f%% %7.0f%% %12s %10s %10s",
          cost.executors(),
          seconds(all),
          one / all,
          100 * cost.computeSeconds() / all,
          100 * cost.stepSeconds() / all,
          100 * cost.roundSeconds() / all,
          100 * cost.networkSeconds() / all,
          bytes(cost.trafficBytes()),
          bytes(cost.executorBytes()),
          bytes(cost.driverBytes()));
    }
    console.result(
        "(parts of an epoch's time: products of matrices; what steps cost besides; rounds: Spark's jobs"
            + " and averaging; network. traffic: over the driver's link in an epoch. executor, driver:"
            + " memory of one)");
    CostModel.Bend bend = CostModel.bend(curve);
    if (bend == null) {
      console.result("Each doubling makes an epoch at least a quarter faster.");
      return;
    }
    console.result(
        "It bends at %d executor%s: twice as many are less than a quarter faster. %s",
        bend.at().executors(), bend.at().executors() == 1 ? "" : "s", advice(bend.behind()));
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f" : "%,.0f", seconds);
  }

  /** In the largest unit of which there is one, with three digits or so. */
  private static String bytes(double bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1000 && unit < UNITS.size() - 1) {
      amount /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, amount < 10 ? "%.2f %s" : "%,.0f %s", amount, UNITS.get(unit));
  }

  /** What takes longest there, and what would help. */
  private static String advice(CostModel.Cost behind) {
    return switch (behind.largest()) {
      case "rounds" ->
          "Rounds take longest (Spark's jobs, and the work of averaging): longer"
              + " rounds (--steps-per-round) would help, at some cost in quality.";
      case "network" ->
          "The network takes longest: longer rounds (--steps-per-round) would help, at some cost"
              + " in quality.";
      case "steps" ->
          "What each step costs whatever its rows takes longest: a larger --batch-size would help, with"
              + " fewer steps an epoch.";
      default -> "Products take longest there, but what stands beside them no longer shrinks.";
    };
  }
}
