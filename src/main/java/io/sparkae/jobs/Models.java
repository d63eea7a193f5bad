package io.sparkae.jobs;

import io.sparkae.ml.Autoencoder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.sql.SparkSession;

/** The models that {@code train} knows by name, and the loading of any saved one. */
final class Models {
  private static final Map<String, Supplier<Estimator<?>>> ESTIMATORS = new LinkedHashMap<>();

  static {
    ESTIMATORS.put("autoencoder", Autoencoder::new);
  }

  private Models() {}

  static List<String> names() {
    return List.copyOf(ESTIMATORS.keySet());
  }

  /**
   * A new estimator of a model with its defaults.
   *
   * @throws UsageException if no model has that name
   */
  static Estimator<?> estimator(String name) {
    Supplier<Estimator<?>> supplier = ESTIMATORS.get(name);
    if (supplier == null) {
      throw new UsageException(
          "--model must be one of " + String.join(", ", names()) + ", not " + name);
    }
    return supplier.get();
  }

  /**
   * Loads the model that {@code train} saved at a path, of whatever class.
   *
   * @throws UsageException if there is none
   */
  static Model<?> load(SparkSession spark, Storage storage, String path) throws IOException {
    storage.requireInput("model", path);
    storage.requireInside("model", path, "metadata", "a saved model (train makes one)");
    Object loaded = DefaultParamsReader.loadParamsInstance(path, spark);
    if (loaded instanceof Model<?> model && model.hasParam("reconstructionCol")) {
      return model;
    }
    throw new UsageException(
        "--model " + path + " is a " + loaded.getClass().getSimpleName() + ", not an autoencoder");
  }

  /**
   * Sets a Param by its name.
   *
   * @throws UsageException if the model has none of that name; the message names the option
   */
  static void set(Params model, String param, String value, String option) {
    if (!model.hasParam(param)) {
      throw new UsageException(
          "--"
              + option
              + " does not apply: a "
              + model.getClass().getSimpleName()
              + " has no "
              + param);
    }
    Param<Object> named = model.getParam(param);
    model.set(named, value);
  }

  /** Forgets the output columns that a saved model names, so that only those asked for are made. */
  static void clearOutputs(Params model) {
    for (String param : List.of("outputCol", "reconstructionCol", "errorCol")) {
      if (model.hasParam(param)) {
        model.clear(model.getParam(param));
      }
    }
  }
}
