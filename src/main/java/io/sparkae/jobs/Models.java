package io.sparkae.jobs;

import io.sparkae.core.Check;
import io.sparkae.data.StageMetadata;
import io.sparkae.ml.AdversarialAutoencoder;
import io.sparkae.ml.Autoencoder;
import io.sparkae.ml.DeepBeliefNetwork;
import io.sparkae.ml.DenseClassifier;
import io.sparkae.ml.EncoderClassifier;
import io.sparkae.ml.GenerativeAdversarialNetwork;
import io.sparkae.ml.OutputParams;
import io.sparkae.ml.RestrictedBoltzmannMachine;
import io.sparkae.ml.SavedModels;
import io.sparkae.ml.StackedAutoencoder;
import io.sparkae.ml.VariationalAutoencoder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.SparkSession;

/** The models that {@code train} knows by name, and the loading of any saved one. */
final class Models {
  private static final String INPUT_COLS = "inputCols";
  private static final String LABEL_COL = "labelCol";

  private static final Map<String, Supplier<Estimator<?>>> ESTIMATORS = new LinkedHashMap<>();

  static {
    ESTIMATORS.put("autoencoder", Autoencoder::new);
    ESTIMATORS.put("stackedAutoencoder", StackedAutoencoder::new);
    ESTIMATORS.put("deepBeliefNetwork", DeepBeliefNetwork::new);
    ESTIMATORS.put("encoderClassifier", EncoderClassifier::new);
    ESTIMATORS.put("denseClassifier", DenseClassifier::new);
    ESTIMATORS.put("restrictedBoltzmannMachine", RestrictedBoltzmannMachine::new);
    ESTIMATORS.put("variationalAutoencoder", VariationalAutoencoder::new);
    ESTIMATORS.put("adversarialAutoencoder", AdversarialAutoencoder::new);
    ESTIMATORS.put("generativeAdversarialNetwork", GenerativeAdversarialNetwork::new);
  }

  private Models() {}

  /** Params that {@code train} leaves to {@code encode}. */
  static Set<String> outputs() {
    return Set.copyOf(OutputParams.NAMES);
  }

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
   * What {@code --model} made a stage, by the name that Spark ML gives stages of its class.
   *
   * @param uid of an estimator or a model
   */
  static String trainedAs(String uid) {
    return ESTIMATORS.entrySet().stream()
        .filter(named -> kind(named.getValue().get().uid()).equals(kind(uid)))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> Check.shown(kind(uid)));
  }

  private static String kind(String uid) {
    return uid.substring(0, Math.max(0, uid.lastIndexOf('_')));
  }

  /**
   * Loads the model that {@code train} saved at a path, of whatever class.
   *
   * @throws UsageException if there is none
   * @throws io.sparkae.data.SavedStageException if it does not fit together
   */
  static Model<?> load(SparkSession spark, Inputs inputs, String path) throws IOException {
    inputs.requireInput("model", path);
    inputs.requireInside("model", path, "metadata", "a saved model (train makes one)");
    StageMetadata metadata = StageMetadata.load(spark, path);
    if (!SavedModels.knows(metadata)) {
      throw new UsageException(
          "--model "
              + path
              + " is "
              + Check.withArticle(metadata.simpleName())
              + ", not a model that train made");
    }
    return SavedModels.load(spark, path);
  }

  /**
   * Sets a Param by its name.
   *
   * @throws UsageException if the model has none of that name; the message names the option
   */
  static void set(Params model, String param, Object value, String option) {
    if (!model.hasParam(param)) {
      throw new UsageException(
          "--"
              + option
              + " does not apply: "
              + Check.withArticle(model.getClass().getSimpleName())
              + " has no "
              + param);
    }
    Param<Object> named = model.getParam(param);
    model.set(named, value);
  }

  /** The names of the columns that a model reads: one, or several of numbers. */
  static List<String> features(Params model) {
    return inputCols(model)
        .orElseGet(() -> List.of((String) model.getOrDefault(model.getParam("featuresCol"))));
  }

  /** The names of the columns of numbers that a model reads, if it does. */
  static Optional<List<String>> inputCols(Params model) {
    return model.hasParam(INPUT_COLS) && model.isDefined(model.getParam(INPUT_COLS))
        ? Optional.of(List.of((String[]) model.getOrDefault(model.getParam(INPUT_COLS))))
        : Optional.empty();
  }

  /** Whether a model makes codes and reconstructions. */
  static boolean reconstructs(Params model) {
    return model.hasParam("outputCol") && model.hasParam("reconstructionCol");
  }

  /** Whether a model has a distribution over codes for each row. */
  static boolean isVariational(Params model) {
    return model.hasParam("outputCol") && model.hasParam("logVarianceCol");
  }

  /** Whether a model tells classes. */
  static boolean classifies(Params model) {
    return model.hasParam(LABEL_COL) && model.hasParam("predictionCol");
  }

  /** The column of the classes of a model that {@link #classifies}. */
  static String labelCol(Params model) {
    return (String) model.getOrDefault(model.getParam(LABEL_COL));
  }

  /** Forgets the columns that a saved model reads, so that others can be named. */
  static void clearFeatures(Params model) {
    clear(model, "featuresCol", INPUT_COLS);
  }

  /** Forgets the output columns that a saved model names, so that only those asked for are made. */
  static void clearOutputs(Params model) {
    clear(model, OutputParams.NAMES.toArray(String[]::new));
  }

  private static void clear(Params model, String... params) {
    for (String param : params) {
      if (model.hasParam(param)) {
        model.clear(model.getParam(param));
      }
    }
  }
}
