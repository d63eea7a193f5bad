package io.sparkae.ml;

import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.train.TrainingException;
import io.sparkae.spark.PersistentRdds;
import io.sparkae.spark.Tables;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that an estimator holds back by a fraction or by a column. */
class HeldBackRowsTest {
  private static final float[][] ROWS = Tables.lowRank(6, 120, 5);

  private static TrainingSummary summary(AutoencoderModel model) {
    return model.summary().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 11})
  void sameRowsAreHeldBackWhateverThePartitions(int partitions) {
    Autoencoder estimator = Easy.autoencoder().setValidationFraction(0.25);
    AutoencoderModel reference = estimator.fit(Tables.vectors(ROWS, 2));
    AutoencoderModel model = estimator.fit(Tables.vectors(ROWS, partitions));
    assertThat(model.parameters()).containsExactly(reference.parameters());
    assertThat(summary(model).validationHistory())
        .hasSize(2)
        .containsExactly(summary(reference).validationHistory());
    assertThat(summary(model).rows()).isEqualTo(90);
    assertThat(summary(model).validationRows()).isEqualTo(30);
  }

  @Test
  void otherSeedHoldsOtherRowsBack() {
    Autoencoder estimator = Easy.autoencoder().setValidationFraction(0.25).setStepSize(1e-12);
    double one = summary(estimator.fit(Tables.vectors(ROWS, 2))).validationHistory()[0];
    double other =
        summary(estimator.setSeed(6).fit(Tables.vectors(ROWS, 2))).validationHistory()[0];
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void columnOfBooleansSaysWhichRows() {
    Dataset<Row> marked =
        Tables.vectors(ROWS, 3)
            .withColumn("id", functions.monotonically_increasing_id())
            .withColumn("held", held());
    AutoencoderModel model =
        Easy.autoencoder().setValidationIndicatorCol("held").setErrorCol("error").fit(marked);
    Dataset<Row> validation = marked.filter("held");
    assertThat(summary(model).validationRows()).isEqualTo(validation.count());
    assertThat(summary(model).rows())
        .as("null counts as training")
        .isEqualTo(120 - validation.count());
    double error = model.transform(validation).agg(functions.avg("error")).first().getDouble(0);
    assertThat(summary(model).validationHistory()[summary(model).bestEpoch()])
        .isCloseTo(error, within(1e-5));
    AutoencoderModel alone =
        Easy.autoencoder()
            .setEpochs(summary(model).bestEpoch() + 1)
            .fit(marked.filter("held is null or not held"));
    assertThat(model.parameters()).containsExactly(alone.parameters());
  }

  /** True for a quarter, null for one row in ten. */
  private static Column held() {
    Column id = functions.col("id");
    return functions.when(id.mod(10).equalTo(3), null).otherwise(id.mod(4).equalTo(0));
  }

  @Test
  void patienceEndsTheTraining() {
    AutoencoderModel model =
        Easy.autoencoder()
            .setStepSize(1e-12)
            .setValidationFraction(0.25)
            .setValidationTol(0.1)
            .setPatience(2)
            .setEpochs(50)
            .fit(Tables.vectors(ROWS, 2));
    assertThat(summary(model).stoppedEarly()).isTrue();
    assertThat(summary(model).totalEpochs()).isEqualTo(3);
    assertThat(summary(model).bestEpoch()).isZero();
  }

  @Test
  void rowsToValidateOnMustExist() {
    Set<Object> before = PersistentRdds.ids();
    rootCauseOf(
            () ->
                Easy.autoencoder()
                    .setValidationIndicatorCol("held")
                    .fit(Tables.vectors(ROWS, 2).withColumn("held", functions.lit(false))))
        .isInstanceOf(TrainingException.class)
        .hasMessage("there are no rows to validate on");
    rootCauseOf(
            () ->
                Easy.autoencoder()
                    .setValidationFraction(0.5)
                    .fit(Tables.vectors(new float[][] {ROWS[0]}, 2)))
        .isInstanceOf(TrainingException.class)
        .hasMessage("validationFraction 0.5 needs at least 2 rows, there is 1");
    assertThat(PersistentRdds.ids()).isEqualTo(before);
  }
}
