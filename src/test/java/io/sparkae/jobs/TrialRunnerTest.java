package io.sparkae.jobs;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.data.GeneratedSource;
import io.sparkae.data.LocalSpark;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The nets of every column train, and are measured. */
class TrialRunnerTest {
  private static Dataset<Row> rows(long first, long count) {
    return GeneratedSource.read(LocalSpark.session(), "rect", 1, first, count, 1);
  }

  /** On so many rows, validated on the next and tested on those after them. */
  private static TrialRunner runner(long training, long validation, long test) {
    Dataset<Row> marked =
        rows(0, training)
            .withColumn(TrialRunner.IS_VALIDATION, lit(false))
            .union(rows(training, validation).withColumn(TrialRunner.IS_VALIDATION, lit(true)));
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new TrialRunner(
        marked, rows(training + validation, test), new Console(nowhere, nowhere, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DBN-1", "SAA-3", "DBN-3", "SdA-3"})
  void everyColumnTrains(String column) {
    TrialRunner runner = runner(60, 20, 40);
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

  /** Of nets that are tuned so little that their errors tell how they were pretrained. */
  @Test
  void layersOfAnotherTrialAreNotTakenForOnesOwn() {
    TrialRunner shared = runner(200, 400, 400);
    Trial first =
        new Trial(
            "DBN-1", new Trial.Pretraining(20, 0, 10, 0.1, 2), new Trial.Tuning(0, 0.01, 4, 4), 3);
    Trial slower = first.withLayerStepSize(0.02);
    Trial reseeded = new Trial(first.column(), first.pretraining(), first.tuning(), 4);
    Trial deeper = new Trial("DBN-3", first.pretraining(), first.tuning(), first.seed());
    Map<Trial, List<Double>> alone = new HashMap<>();
    for (Trial trial : List.of(first, slower, reseeded, deeper)) {
      alone.put(trial, errors(runner(200, 400, 400).run(trial)));
    }
    assertThat(alone.values()).as("each has its own").doesNotHaveDuplicates();
    for (Trial trial : List.of(reseeded, first, slower, first, deeper)) { // one difference each
      assertThat(errors(shared.run(trial))).as("%s", trial).isEqualTo(alone.get(trial));
    }
  }

  private static List<Double> errors(Trial.Result result) {
    return List.of(result.validationErrorPercent(), result.testErrorPercent());
  }
}
