package io.sparkae.jobs;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.data.GeneratedSource;
import io.sparkae.data.LocalSpark;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The nets of every column train, and are measured. */
class TrialRunnerTest {
  private static Dataset<Row> rows(long first, long count) {
    return GeneratedSource.read(LocalSpark.session(), "rect", 1, first, count, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DBN-1", "SAA-3", "DBN-3", "SdA-3"})
  void everyColumnTrains(String column) {
    Dataset<Row> marked =
        rows(0, 60)
            .withColumn(TrialRunner.IS_VALIDATION, lit(false))
            .union(rows(60, 20).withColumn(TrialRunner.IS_VALIDATION, lit(true)));
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    TrialRunner runner =
        new TrialRunner(marked, rows(80, 40), new Console(nowhere, nowhere, false));
    double noise = Vincent2008.corruptionLevels(column).map(levels -> levels.get(0)).orElse(0.0);
    Trial trial =
        new Trial(
            column,
            new Trial.Pretraining(5, noise, 10, 0.01, 1),
            new Trial.Tuning(0.5, 0.01, 2, 1),
            3);
    Trial.Result result = runner.run(trial);
    assertThat(result.testRows()).isEqualTo(40);
    assertThat(result.epochs()).isBetween(1, 2);
    double wrong = result.validationErrorPercent() / 5; // of 20 rows
    assertThat(wrong).isCloseTo(Math.rint(wrong), within(1e-9)).isBetween(0.0, 20.0);
    assertThat(result.testErrorPercent()).isBetween(0.0, 100.0);
    Trial.Result again = runner.run(trial);
    assertThat(again.testErrorPercent()).isEqualTo(result.testErrorPercent());
    assertThat(again.validationErrorPercent()).isEqualTo(result.validationErrorPercent());
  }
}
