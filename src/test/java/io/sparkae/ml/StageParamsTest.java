package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.spark.Tables;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Spark's ParamsSuite asks, of every Param of every stage. */
class StageParamsTest {
  /** Values of Params that take not just any of their type, none of them a default. */
  private static final Map<String, Object> VALUES =
      Map.ofEntries(
          Map.entry("activation", "elu"),
          Map.entry("averaging", "synchronous"),
          Map.entry("binarization", "threshold"),
          Map.entry("codeActivation", "tanh"),
          Map.entry("corruption", "masking"),
          Map.entry("discriminatorActivation", "elu"),
          Map.entry("discriminatorOptimizer", "sgd"),
          Map.entry("family", "binomial"),
          Map.entry("generatorLoss", "saturating"),
          Map.entry("handleInvalid", "skip"),
          Map.entry("hiddenType", "gaussian"),
          Map.entry("kSparseAlpha", 1.5),
          Map.entry("layerCorruption", "saltAndPepper"),
          Map.entry("layerOptimizer", "sgd"),
          Map.entry("likelihood", "gaussian"),
          Map.entry("loss", "cosine"),
          Map.entry("optimizer", "nesterov"),
          Map.entry("outputActivation", "softplus"),
          Map.entry("prior", "mixture"),
          Map.entry("schedule", "step"),
          Map.entry("updatePrecision", "bfloat16"),
          Map.entry("validationMetric", "loss"),
          Map.entry("visibleType", "gaussian"));

  @TempDir private Path folder;

  private static EncoderClassifierModel classifierModel() {
    return new DenseClassifier()
        .setEpochs(1)
        .fit(
            Tables.vectors(Tables.lowRank(1, 20, 4), 1)
                .withColumn("label", functions.expr("monotonically_increasing_id() % 2")));
  }

  private static VariationalAutoencoderModel variationalModel() {
    return new VariationalAutoencoder()
        .setEpochs(1)
        .fit(Tables.vectors(Tables.lowRank(1, 20, 4), 1));
  }

  static Stream<PipelineStage> estimators() {
    return Stream.of(
        new Autoencoder(),
        new StackedAutoencoder(),
        new DeepBeliefNetwork(),
        new EncoderClassifier(),
        new DenseClassifier(),
        new RestrictedBoltzmannMachine(),
        new VariationalAutoencoder(),
        new AdversarialAutoencoder(),
        new GenerativeAdversarialNetwork());
  }

  static Stream<PipelineStage> stages() {
    return Stream.concat(estimators(), Stream.of(classifierModel(), variationalModel()));
  }

  private static Object value(Params stage, Param<?> param) {
    if (VALUES.containsKey(param.name())) {
      return VALUES.get(param.name());
    }
    if (param instanceof BooleanParam) {
      return !(Boolean) stage.getDefault(param).get();
    }
    if (param instanceof IntParam) {
      return 7;
    }
    if (param instanceof LongParam) {
      return 1L << 40;
    }
    if (param instanceof DoubleParam) {
      return 0.375;
    }
    if (param instanceof IntArrayParam) {
      return new int[] {4, 3};
    }
    if (param instanceof DoubleArrayParam) {
      return new double[] {0.5, 0.25};
    }
    return param instanceof StringArrayParam ? new String[] {"x", "y"} : "of " + param.name();
  }

  private static String capital(Param<?> param) {
    return param.name().substring(0, 1).toUpperCase(Locale.ROOT) + param.name().substring(1);
  }

  private static List<Method> setters(Params stage, Param<?> param) {
    return Arrays.stream(stage.getClass().getMethods())
        .filter(method -> method.getName().equals("set" + capital(param)) && !method.isBridge())
        .toList();
  }

  private static Object got(Params stage, Param<?> param) throws ReflectiveOperationException {
    return stage.getClass().getMethod("get" + capital(param)).invoke(stage);
  }

  private static void assertEqual(Param<?> param, Object actual, Object expected) {
    assertThat(Objects.deepEquals(actual, expected)).as("%s: %s", param, actual).isTrue();
  }

  /** Sets all Params that have a setter; of an estimator that is every one. */
  private static List<Param<?>> setAll(PipelineStage stage) throws ReflectiveOperationException {
    List<Param<?>> settable =
        Arrays.stream(stage.params()).filter(param -> !setters(stage, param).isEmpty()).toList();
    for (Param<?> param : settable) {
      Object value = value(stage, param);
      Object returned = set(setters(stage, param).get(0), stage, value);
      assertThat(returned).as(param.name()).isSameAs(stage);
    }
    return settable;
  }

  private static Object set(Method setter, PipelineStage stage, Object value)
      throws ReflectiveOperationException {
    try {
      return setter.invoke(stage, value);
    } catch (InvocationTargetException e) {
      throw new AssertionError(setter + " of " + value, e.getCause());
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void everyParamIsTheStagesOwnAndExplained(PipelineStage stage) {
    assertThat(stage.params()).isNotEmpty();
    for (Param<?> param : stage.params()) {
      assertThat(param.parent()).isEqualTo(stage.uid());
      assertThat(stage.getParam(param.name())).isSameAs(param);
      assertThat(param.doc()).isNotBlank();
      String explained = stage.explainParam(param);
      assertThat(stage.explainParams()).contains(explained);
      assertThat(explained.contains("default: ")).isEqualTo(stage.hasDefault(param));
    }
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void everyParamOfAnEstimatorHasASetter(PipelineStage stage) throws ReflectiveOperationException {
    assertThat(setAll(stage)).containsExactly(stage.params());
  }

  @ParameterizedTest
  @MethodSource("stages")
  void settersAreFollowedByTheirGetters(PipelineStage stage) throws ReflectiveOperationException {
    for (Param<?> param : setAll(stage)) {
      Object value = value(stage, param);
      assertThat(stage.isSet(param)).as(param.name()).isTrue();
      assertEqual(param, got(stage, param), value);
      if (stage.hasDefault(param)) {
        assertThat(Objects.deepEquals(stage.getDefault(param).get(), value))
            .as("the value of %s is its default", param)
            .isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  @SuppressWarnings("unchecked")
  void copyTakesMoreParamsAndSharesNothing(PipelineStage stage)
      throws ReflectiveOperationException {
    for (Param<?> param : stage.params()) {
      if (setters(stage, param).isEmpty()) {
        continue;
      }
      Object value = value(stage, param);
      PipelineStage copy = stage.copy(new ParamMap().put((Param<Object>) param, value));
      assertThat(copy).isNotSameAs(stage).hasSameClassAs(stage);
      assertThat(copy.uid()).isEqualTo(stage.uid());
      assertEqual(param, got(copy, param), value);
      assertThat(stage.isSet(param)).as("%s of the original", param).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("stages")
  void everyParamIsReadThatWasWritten(PipelineStage stage)
      throws IOException, ReflectiveOperationException {
    List<Param<?>> settable = setAll(stage);
    String path = folder.resolve(stage.uid()).toString();
    ((MLWritable) stage).write().save(path);
    PipelineStage read =
        (PipelineStage) stage.getClass().getMethod("load", String.class).invoke(null, path);
    assertThat(read.uid()).isEqualTo(stage.uid());
    assertThat(read.explainParams()).isEqualTo(stage.explainParams());
    for (Param<?> param : settable) {
      assertEqual(param, got(read, read.getParam(param.name())), value(stage, param));
    }
  }
}
