package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search for settings, and the log that lets it go on. */
class TrialSearchTest {
  @TempDir private Path folder;

  private static Trial.Result wrong(double validation) {
    return new Trial.Result(validation, validation + 1, 10, 2.5, 50_000);
  }

  /** Errors that fall towards no dropout, noise of 25%, small steps in both, few units. */
  private static double errors(Trial trial) {
    return trial.tuning().dropout()
        + 10 * Math.abs(trial.pretraining().corruptionLevel() - 0.25)
        + 1000 * trial.tuning().stepSize()
        + trial.pretraining().stepSize()
        + trial.pretraining().width() / 1000.0;
  }

  @Test
  void keepsTheBestOfEachSettingInTurn() throws IOException {
    TrialSearch search = TrialSearch.of("SdA-3", 10_000, false, 3);
    List<Trial> seen = new ArrayList<>();
    TrialSearch.Best best =
        search.run(
            trial -> {
              seen.add(trial);
              return wrong(errors(trial));
            });
    assertThat(seen).hasSize(search.trials()).doesNotHaveDuplicates();
    assertThat(best.trial().tuning().stepSize()).isEqualTo(0.00025);
    assertThat(best.trial().tuning().dropout()).isZero();
    assertThat(best.trial().pretraining().corruptionLevel()).isEqualTo(0.25);
    assertThat(best.trial().pretraining().stepSize()).isEqualTo(0.02);
    assertThat(best.trial().pretraining().width()).isEqualTo(500);
    assertThat(best.trial().pretraining().epochs())
        .isEqualTo(search.start().pretraining().epochs());
    assertThat(best.trial().seed()).isEqualTo(3);
    assertThat(best.result()).isEqualTo(wrong(errors(best.trial())));
  }

  @Test
  void fewerRowsGetMorePasses() {
    Trial many = TrialSearch.of("SAA-3", 10_000, false, 1).start();
    Trial few = TrialSearch.of("SAA-3", 1_000, false, 1).start();
    assertThat(few.pretraining().epochs()).isEqualTo(10 * many.pretraining().epochs());
    assertThat(few.tuning().epochs()).isEqualTo(10 * many.tuning().epochs());
    assertThat(few.tuning().patience()).isEqualTo(10 * many.tuning().patience());
  }

  @Test
  void noiseIsTriedWhereTheNetIsADenoisingOne() throws IOException {
    for (String column : Vincent2008.COLUMNS) {
      HashSet<Double> levels = new HashSet<>();
      TrialSearch.of(column, 10_000, false, 1)
          .run(
              trial -> {
                levels.add(trial.pretraining().corruptionLevel());
                return wrong(1);
              });
      assertThat(levels).as(column).hasSize(column.equals("SdA-3") ? 3 : 1);
    }
  }

  /** The intervals that the paper prints. */
  @ParameterizedTest
  @CsvSource({
    "basic, DBN-1, 0.17",
    "basic, SdA-3, 0.14",
    "rot, SAA-3, 0.27",
    "bg-rand, DBN-3, 0.22",
    "rot-bg-img, SdA-3, 0.44",
    "rect, SdA-3, 0.12",
    "convex, DBN-1, 0.35"
  })
  void intervalsAreThePapers(String set, String column, double half) {
    double error = Vincent2008.errorPercent(set, column);
    assertThat(Vincent2008.halfInterval(error, Vincent2008.TEST_ROWS))
        .isCloseTo(half, within(0.0051));
  }

  @Test
  void tableHasTheBestTrialOfEveryNetThatWasEverTried() throws IOException {
    TrialLog log = new TrialLog(folder.resolve("several.jsonl"));
    Trial denoising = TrialSearch.of("SdA-3", 10_000, false, 1).start();
    log.add("rot", denoising, wrong(12));
    log.add("basic", denoising, wrong(3));
    log.add("basic", denoising.withWidth(500), wrong(2));
    log.add("basic", denoising.withWidth(700), wrong(2));
    log.add("basic", TrialSearch.of("SdA-3", 10_000, false, 2).start(), wrong(1));
    String table = new PaperTable(log, 1, false, Optional.of("generated")).markdown();
    assertThat(table).contains("; rows of rect: generated.\n");
    assertThat(table.lines().filter(line -> line.startsWith("| ")))
        .hasSize(3)
        .anyMatch(
            line -> line.startsWith("| basic | SdA-3 | 3.00 ± 0.15 | 2.80 ± 0.14 | 500 units"))
        .anyMatch(
            line ->
                line.endsWith("tuned by steps of 0.0005 with 50% dropout, after 1 of 7 trials |"))
        .anyMatch(
            line -> line.startsWith("| rot | SdA-3 | 13.00 ± 0.29 | 10.29 ± 0.27 | 1000 units"));
  }

  @Test
  void aSearchThatIsAtItsEndIsNotMarked() throws IOException {
    TrialLog log = new TrialLog(folder.resolve("whole.jsonl"));
    TrialSearch search = TrialSearch.of("SAA-3", 10_000, false, 1);
    search.run(
        trial -> {
          log.add("basic", trial, wrong(2));
          return wrong(2);
        });
    assertThat(log.all()).hasSize(search.trials());
    assertThat(new PaperTable(log, 1, false, Optional.empty()).markdown())
        .contains("tuned by steps of 0.0005 with 50% dropout |")
        .doesNotContain("after");
  }

  @Test
  void trialsAreKnownAgainUnlessTheirLineWasCutOff() throws IOException {
    Path file = folder.resolve("trials.jsonl");
    Trial first = TrialSearch.of("SdA-3", 10_000, false, 1).start();
    Trial second = first.withWidth(500);
    TrialLog log = new TrialLog(file);
    log.add("basic", first, wrong(3));
    log.add("basic", second, wrong(4));
    TrialLog read = new TrialLog(file);
    assertThat(read.find("basic", first)).contains(wrong(3));
    assertThat(read.find("basic", second)).contains(wrong(4));
    assertThat(read.find("rot", first)).isEmpty();
    assertThat(read.find("basic", first.withStepSize(1))).isEmpty();

    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 5));
    TrialLog cut = new TrialLog(file);
    assertThat(cut.find("basic", first)).contains(wrong(3));
    assertThat(cut.find("basic", second)).isEmpty();
    cut.add("basic", second, wrong(5));
    assertThat(new TrialLog(file).find("basic", second)).contains(wrong(5));

    Files.writeString(file, "{}x\n", StandardOpenOption.APPEND);
    assertThat(catchThrowable(() -> new TrialLog(file)))
        .isInstanceOf(UsageException.class)
        .hasMessage(file + ": line 3 is no trial: name another --output, or remove the file");
  }
}
