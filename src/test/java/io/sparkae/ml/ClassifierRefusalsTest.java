package io.sparkae.ml;

import static io.sparkae.ml.Clusters.classifier;
import static io.sparkae.ml.Clusters.encoder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sparkae.spark.NothingStaysInMemory;
import io.sparkae.spark.Tables;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Params of classifiers that would do nothing, and tables that do not do, are refused. */
@ExtendWith(NothingStaysInMemory.class)
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

  private static Dataset<Row> labelled(String expression) {
    return Clusters.THREE.withColumn("label", functions.expr(expression));
  }

  private static void assertUnfit(Dataset<Row> table, String message) {
    assertThat(catchThrowable(() -> new DenseClassifier().fit(table)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void labelsThatAreNoClassIndicesAreRefused() {
    assertUnfit(
        labelled("label - 1"),
        "labelCol label must hold class indices, whole numbers from 0, and goes from -1.0 to 1.0:"
            + " StringIndexer makes class indices of values");
    assertUnfit(
        labelled("label + 99"),
        "labelCol label goes up to 101.0: more than 100 classes must be named by metadata, as"
            + " StringIndexer does");
    assertUnfit(
        labelled("label / 2"),
        "labelCol label must hold class indices, whole numbers from 0, and goes from 0.0 to 1.0:"
            + " StringIndexer makes class indices of values");
    assertUnfit(labelled("cast(null as double)"), "labelCol label has no value in any row");
    assertUnfit(labelled("0.0d"), "labelCol label has one class, 0: two are needed");
    assertUnfit(
        labelled("'a'"),
        "labelCol label must be of numbers, not string: StringIndexer makes class indices of words");
    assertUnfit(Clusters.THREE.drop("label"), "labelCol label is not among the columns features");
  }

  @Test
  void encoderOfAnotherWidthIsRefused() {
    AutoencoderModel narrow = Easy.autoencoder().fit(Tables.vectors(Tables.lowRank(1, 40, 4), 1));
    assertThat(catchThrowable(() -> classifier(narrow).fit(Clusters.THREE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("features")
        .hasMessageContaining("6")
        .hasMessageContaining("4");
    assertThat(
            catchThrowable(
                () ->
                    classifier(encoder()).setHeadEpochs(0).setFineTune(false).fit(Clusters.THREE)))
        .hasMessage(
            "headEpochs is 0 and fineTune false: nothing would be trained, set one of them");
  }
}
