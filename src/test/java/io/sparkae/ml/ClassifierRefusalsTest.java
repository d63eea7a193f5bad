package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sparkae.spark.Tables;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Params of classifiers that would do nothing are refused. */
class ClassifierRefusalsTest {
  private static final Dataset<Row> TABLE =
      Tables.vectors(Tables.lowRank(3, 24, 8), 2).withColumn("label", functions.lit(1.0));

  private static EncoderClassifier headAlone() {
    return new EncoderClassifier().setEncoder("of no folder").setFineTune(false);
  }

  private static Arguments refused(String message, ClassifierEstimator<?> classifier) {
    return arguments(message, classifier);
  }

  private static String untuned(String param) {
    return param
        + " does nothing with fineTune false, which leaves the net as its parts were trained: leave"
        + " it out (the head heeds those named head...), or set fineTune to true";
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refused(
            untuned("corruption"), headAlone().setCorruption("masking").setCorruptionLevel(0.2)),
        refused(untuned("inputDropout"), headAlone().setInputDropout(0.2)),
        refused(untuned("stepSize"), headAlone().setStepSize(0.2)),
        refused(
            "headStepSize does nothing while headEpochs is 0: leave it out, or set headEpochs",
            headAlone().setFineTune(true).setHeadEpochs(0).setHeadStepSize(0.5)),
        refused(
            "hiddenDropout must be 0 when hiddenLayers is empty (codeDropout is of what the softmax"
                + " reads), not 0.5",
            new DenseClassifier().setHiddenDropout(0.5)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refusesWhatWouldDoNothing(String message, ClassifierEstimator<?> classifier) {
    assertThat(catchThrowable(() -> classifier.transformSchema(TABLE.schema())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void dropoutBelowAHeadAloneIsTaken() {
    Stream.of(headAlone().setHiddenDropout(0.5), headAlone().setCodeDropout(0.5))
        .forEach(
            classifier ->
                assertThatCode(() -> classifier.transformSchema(TABLE.schema()))
                    .doesNotThrowAnyException());
  }
}
