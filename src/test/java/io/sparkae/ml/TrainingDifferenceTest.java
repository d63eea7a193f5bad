package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.spark.Tables;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a model's summary knows the estimator that would train it again. */
class TrainingDifferenceTest {
  private static Stream<String> names() {
    return HardNumbersTest.estimators().keySet().stream();
  }

  private static Estimator<?> estimator(String name) {
    return HardNumbersTest.estimators().get(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void onlyOtherSettingsMakeADifference(String name) {
    Model<?> model =
        (Model<?>) estimator(name).fit(HardNumbersTest.table(Tables.lowRank(4, 30, 5)));
    TrainingSummary summary = ((TrainedModel) model).summary().orElseThrow();
    Estimator<?> same = estimator(name);
    same.set("checkpointInterval", 7);
    same.set("featuresCol", "features"); // as it is by default
    assertThat(summary.difference(same)).isEmpty();
    Estimator<?> other = estimator(name);
    other.set("seed", 99L);
    assertThat(summary.difference(other))
        .hasValue("seed " + same.getOrDefault(same.getParam("seed")) + ", not 99");
    Estimator<?> named = estimator(name);
    named.set("featuresCol", "x");
    assertThat(summary.difference(named)).hasValue("featuresCol features, not x");
  }
}
