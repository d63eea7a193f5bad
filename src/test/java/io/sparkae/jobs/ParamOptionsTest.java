package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.ml.Autoencoder;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParamOptionsTest {
  private final MultilayerPerceptronClassifier network = new MultilayerPerceptronClassifier();
  private final ParamOptions options = new ParamOptions(network, Set.of("labelCol"));

  private static Arguments parse(ParamOptions options, String... args) {
    return new CommandLine("sparkae try", "tries", options.options())
        .parse(List.of(args), System.out)
        .orElseThrow();
  }

  /** Momentum is a Param, and a rule that another may be. */
  @Test
  void wordsToChooseFromAreNoOptions() {
    ParamOptions autoencoder = new ParamOptions(new Autoencoder(), Set.of());
    Arguments given = parse(autoencoder, "--optimizer", "adamm");
    assertThatThrownBy(() -> autoencoder.apply(given))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--optimizer must be one of sgd, momentum, nesterov, adagrad, adam, lazyAdam,"
                + " lbfgs, conjugateGradient, not adamm");
  }

  @Test
  void everyParamOfAStageIsAnOptionOfItsType() {
    options.apply(
        parse(
            options,
            "--layers",
            "4,3, 2",
            "--max-iter",
            "7",
            "--step-size",
            "0.5",
            "--seed",
            "11",
            "--features-col",
            "x"));
    assertThat(network.getLayers()).containsExactly(4, 3, 2);
    assertThat(network.getMaxIter()).isEqualTo(7);
    assertThat(network.getStepSize()).isEqualTo(0.5);
    assertThat(network.getSeed()).isEqualTo(11);
    assertThat(network.getFeaturesCol()).isEqualTo("x");
    assertThat(options.options()).extracting(Option::name).doesNotContain("label-col");
    assertThat(options.options()).hasSize(network.params().length - 1);
  }

  @Test
  void booleansStandAloneAndArraysOfNumbersAreRead() {
    LogisticRegression regression = new LogisticRegression();
    ParamOptions params = new ParamOptions(regression, Set.of());
    params.apply(parse(params, "--standardization", "false", "--thresholds", "0.25,0.75"));
    assertThat(regression.getStandardization()).isFalse();
    assertThat(regression.getThresholds()).containsExactly(0.25, 0.75);
    params.apply(parse(params, "--standardization"));
    assertThat(regression.getStandardization()).isTrue();
  }

  @Test
  void whatIsNotGivenStaysUnset() {
    options.apply(parse(options));
    assertThat(network.paramMap().size()).isZero();
  }

  @Test
  void helpHasTheDocumentationAndTheDefaultOfTheParam() {
    Option<?> maxIter =
        options.options().stream()
            .filter(o -> o.name().equals("max-iter"))
            .findFirst()
            .orElseThrow();
    assertThat(maxIter.help()).isEqualTo(network.maxIter().doc() + "; default 100");
  }

  @Test
  void aValueOfTheWrongTypeIsRefusedByTheOptionAndOneOutOfRangeByTheParam() {
    assertThatThrownBy(() -> parse(options, "--layers", "4,x"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--layers must be whole numbers with commas between them, not 4,x");
    assertThatThrownBy(() -> parse(options, "--max-iter", "3.5"))
        .hasMessage("--max-iter must be a whole number, not 3.5");
    Arguments outOfRange = parse(options, "--max-iter", "-3");
    assertThatThrownBy(() -> options.apply(outOfRange))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--max-iter")
        .hasMessageContaining("-3");
  }

  @ParameterizedTest
  @CsvSource({"hiddenLayers,hidden-layers", "seed,seed", "stepsPerRound,steps-per-round"})
  void namesBecomeKebabCase(String name, String kebab) {
    assertThat(ParamOptions.kebab(name)).isEqualTo(kebab);
  }
}
