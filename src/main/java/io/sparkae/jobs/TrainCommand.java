package io.sparkae.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Trains a model on a table and saves it; the model's Params are the options. */
final class TrainCommand implements Command {
  private static final Option<String> MODEL =
      Option.choice("model", Models.names(), "what is trained").withDefault(Models.names().get(0));
  private static final Option<String> INPUT = Common.input("table of the training rows (Parquet)");
  private static final Option<String> OUTPUT = Common.output("folder to save the model in");

  /** Columns that encode names, when the model is used. */
  private static final Set<String> WITHOUT_OPTION =
      Set.of("outputCol", "reconstructionCol", "errorCol");

  @Override
  public String name() {
    return "train";
  }

  @Override
  public String summary() {
    return "trains a model on a table and saves it";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    List<Option<?>> options = new ArrayList<>(List.of(MODEL, INPUT, OUTPUT));
    String model = CommandLine.peek(MODEL, args).orElse(MODEL.defaultValue());
    options.addAll(paramOptions(Models.estimator(model)).options());
    options.add(Common.OVERWRITE);
    options.add(Common.MASTER);
    return options;
  }

  @Override
  public void run(Arguments arguments, Console console) throws IOException {
    Estimator<?> estimator = Models.estimator(arguments.get(MODEL));
    ParamOptions params = paramOptions(estimator);
    params.apply(arguments);
    try (Session session = Session.open(this, arguments)) {
      Storage storage = new Storage(session.spark());
      String output = arguments.get(OUTPUT);
      boolean overwrite = arguments.get(Common.OVERWRITE);
      storage.requireOutput(OUTPUT.name(), output, overwrite);
      storage.requireApart(OUTPUT.name(), output, INPUT.name(), arguments.get(INPUT));
      Dataset<Row> table = storage.table(INPUT.name(), arguments.get(INPUT));
      checkSchema(estimator, params, table);
      Progress.attach(estimator, console);
      long start = System.nanoTime();
      Model<?> model = fit(estimator, params, table);
      save(storage, model, output, overwrite);
      console.result(
          "%s: %s trained in %.1f s",
          output, arguments.get(MODEL), (System.nanoTime() - start) / 1e9);
    }
  }

  private static ParamOptions paramOptions(Estimator<?> estimator) {
    return new ParamOptions(estimator, WITHOUT_OPTION);
  }

  private static void checkSchema(Estimator<?> estimator, ParamOptions params, Dataset<Row> table) {
    try {
      estimator.transformSchema(table.schema());
    } catch (IllegalArgumentException e) {
      throw new UsageException(params.inOptionWords(e.getMessage()));
    }
  }

  private static Model<?> fit(Estimator<?> estimator, ParamOptions params, Dataset<Row> table) {
    try {
      return estimator.fit(table);
    } catch (IllegalArgumentException e) {
      throw new UsageException(params.inOptionWords(e.getMessage()));
    } catch (Exception e) {
      throw Failures.inWords(e, params::compoundInOptionWords);
    }
  }

  /** Saves a model as Spark ML does, whole or not at all. */
  static void save(Storage storage, Model<?> model, String output, boolean overwrite)
      throws IOException {
    storage.whole(output, overwrite, folder -> ((MLWritable) model).write().save(folder));
  }
}
