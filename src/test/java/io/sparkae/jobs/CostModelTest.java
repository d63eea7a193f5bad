package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.train.Averaging;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.core.train.UpdatePrecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostModelTest {
  /** 2 GFLOP/s a core, 1 ns a parameter and step, 0.1 s a job, 0.01 s a task, 1 and 3 ns a byte. */
  private static final CostConstants CONSTANTS = new CostConstants(2, 1e-9, 0.1, 0.01, 1e-9, 3e-9);

  /** 2·(100·10) weights and 110 biases. */
  private static final CostModel.Net NET = new CostModel.Net(List.of(100, 10));

  private static CostModel model(Averaging averaging, int stepsPerRound) {
    TrainingSettings settings =
        new TrainingSettings(
            OptimizerSettings.DEFAULT, Map.of(), 100, 1, averaging, 0, 0, stepsPerRound, 1);
    return new CostModel(CONSTANTS, NET, settings, 10_000, 4, 1e6, 0.001);
  }

  @Test
  void netCountsWeightsBiasesAndOperations() {
    assertThat(NET.parameters()).isEqualTo(2110);
    assertThat(NET.operations()).isEqualTo(2 * (3 * 2000 - 1000));
    assertThat(NET.activations()).isEqualTo(2 * (100 + 10 + 100));
    CostModel.Net deep = new CostModel.Net(List.of(784, 1000, 500, 250, 30));
    assertThat(deep.parameters()).isEqualTo(2_833_000 + 4_314);
  }

  /** 100 steps in 5 rounds of 20; the state is 3 vectors of 2,110 floats: 25,320 bytes. */
  @Test
  void localRoundsCostWhatTheirPartsCost() {
    CostModel.Cost cost = model(Averaging.LOCAL, 20).of(3);
    assertThat(cost.rounds()).isEqualTo(5);
    assertThat(cost.computeSeconds()).isCloseTo(10_000 / 12.0 * 10_000 / 2e9, within(1e-12));
    assertThat(cost.stepSeconds()).isCloseTo(100 * 2110e-9, within(1e-12));
    assertThat(cost.roundSeconds())
        .isCloseTo(5 * (0.1 + 0.03 + 25_320e-9 + 3 * 25_320 * 3e-9), within(1e-12));
    assertThat(cost.networkSeconds())
        .isCloseTo(5 * (4 * 25_320 / 1e6 + 2 * (1 + 2) * 0.001), within(1e-12));
    assertThat(cost.trafficBytes()).isCloseTo(5 * 4 * 25_320.0, within(1e-6));
    assertThat(cost.driverBytes()).isEqualTo(25_320.0 + 2 * 3 * 25_320);
    assertThat(cost.executorBytes())
        .isCloseTo(
            10_000 / 3.0 * 400 + 4 * 2110 * 4 + 3 * 25_320 + 100 / 3.0 * 420 * 4, within(1e-6));
  }

  /** The same with a second job of 4 tasks, and two more states over each executor's link. */
  @Test
  void fourReplicasAverageAmongThemselves() {
    CostModel.Cost cost = model(Averaging.LOCAL, 20).of(4);
    assertThat(cost.roundSeconds())
        .isCloseTo(
            5 * (2 * (0.1 + 0.04) + 25_320e-9 + 25_320 * 3e-9 + 25_320 * 3e-9), within(1e-12));
    assertThat(cost.networkSeconds())
        .isCloseTo(5 * ((2 + 2) * 25_320 / 1e6 + (2 * (1 + 2) + 2) * 0.001), within(1e-12));
    assertThat(cost.trafficBytes()).isCloseTo(5 * 2 * 25_320.0, within(1e-6));
    assertThat(cost.driverBytes()).isEqualTo(25_320.0 + 2 * 25_320);
    assertThat(cost.executorBytes())
        .isEqualTo(2_500.0 * 400 + 4 * 2110 * 4 + 5 * 25_320 + 25 * 420 * 4);
    CostModel.Cost step = model(Averaging.SYNCHRONOUS, 0).of(4);
    assertThat(step.trafficBytes()).isCloseTo(100 * 5 * 8_440.0, within(1e-6));
  }

  /** Updates are 12,660 bytes: at the driver, and four of them go to each executor's slice. */
  @Test
  void roundedUpdatesAreHalfTheBytes() {
    CostModel exact = model(Averaging.LOCAL, 20);
    CostModel rounded =
        new CostModel(
            CONSTANTS,
            NET,
            exact.settings().withUpdatePrecision(UpdatePrecision.BFLOAT16),
            10_000,
            4,
            1e6,
            0.001);
    assertThat(rounded.of(3).trafficBytes()).isCloseTo(5 * 2.5 * 25_320, within(1e-6));
    assertThat(rounded.of(3).roundSeconds())
        .isCloseTo(5 * (0.1 + 0.03 + 25_320e-9 + 3 * 12_660 * 3e-9), within(1e-12));
    assertThat(rounded.of(3).driverBytes()).isEqualTo((1 + 1.5 + 3) * 25_320);
    assertThat(rounded.of(3).executorBytes() - exact.of(3).executorBytes())
        .isCloseTo(25_320 - 12_660, within(1e-6)); // where it began, and what it sends
    assertThat(rounded.of(4).roundSeconds())
        .isCloseTo(
            5 * (2 * (0.1 + 0.04) + 25_320e-9 + 25_320 * 3e-9 + 12_660 * 3e-9), within(1e-12));
    assertThat(rounded.of(4).networkSeconds())
        .isCloseTo(5 * ((2 + 1) * 25_320 / 1e6 + (2 * (1 + 2) + 2) * 0.001), within(1e-12));
  }

  @Test
  void synchronousStepsCarryParametersAlone() {
    CostModel.Cost cost = model(Averaging.SYNCHRONOUS, 0).of(2);
    assertThat(cost.rounds()).isEqualTo(100);
    assertThat(cost.trafficBytes()).isCloseTo(100 * 3 * 8_440.0, within(1e-6));
  }

  @Test
  void curveDoublesUpToTheMost() {
    assertThat(model(Averaging.LOCAL, 20).curve(10))
        .extracting(CostModel.Cost::executors)
        .containsExactly(1, 2, 4, 8, 10);
    assertThat(model(Averaging.LOCAL, 20).curve(1)).hasSize(1);
  }

  @Test
  void curveBendsWhereADoublingGainsLessThanAQuarter() {
    List<CostModel.Cost> curve = model(Averaging.LOCAL, 20).curve(64);
    CostModel.Bend bend = CostModel.bend(curve);
    assertThat(bend.behind().executors()).isEqualTo(2 * bend.at().executors());
    assertThat(bend.at().epochSeconds() / bend.behind().epochSeconds()).isLessThan(1.25);
    for (CostModel.Cost cost : curve) {
      if (cost.executors() < bend.at().executors()) {
        double next = model(Averaging.LOCAL, 20).of(2 * cost.executors()).epochSeconds();
        assertThat(cost.epochSeconds() / next).isGreaterThanOrEqualTo(1.25);
      }
    }
    assertThat(CostModel.bend(curve.subList(0, 1))).isNull();
  }

  @Test
  void planShowsTheCurve() throws IOException {
    Run run = Run.of("plan", "--layers", "784,30", "--rows", "60000", "--executors", "4", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.json().get("curve")).hasSize(3);
    assertThat(run.json().get("parameters").asInt()).isEqualTo(2 * 784 * 30 + 784 + 30);
    Run table = Run.of("plan", "--layers", "784,30", "--rows", "60000", "--batch-size", "2");
    assertThat(table.out())
        .contains("784-30 mirrored: 47,854 parameters, 60,000 rows")
        .containsPattern("(?m)^ +1 .* [0-9.]+ [KM]iB +[0-9]+ MiB +[0-9.]+ [KM]iB$")
        .contains("More executors than 2 have no row of their own in a step");
  }

  @Test
  void constantsOfAFileAreUsed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("constants.json");
    Files.writeString(
        file,
        "{\"workload\":\"constants\",\"gflopsPerCore\":1,\"stepSecondsPerParameter\":0,"
            + "\"jobSeconds\":7,\"taskSeconds\":0,\"stateSecondsPerByte\":0,"
            + "\"replicaSecondsPerByte\":0}\n");
    String[] words = {
      "plan",
      "--layers",
      "784,30",
      "--rows",
      "60000",
      "--executors",
      "1",
      "--json",
      "--constants",
      file.toString()
    };
    assertThat(Run.of(words).json().get("curve").get(0).get("roundSeconds").asDouble())
        .isEqualTo(7);
    Files.writeString(file, "{\"gflopsPerCore\":1}");
    Run missing = Run.of(words);
    assertThat(missing.code()).isEqualTo(Main.USAGE);
    assertThat(missing.err().strip().lines())
        .singleElement()
        .asString()
        .startsWith("sparkae plan: --constants " + file + " is not what bench")
        .contains("stepSecondsPerParameter");
    Files.delete(file);
    assertThat(Run.of(words).err().strip())
        .isEqualTo("sparkae plan: --constants " + file + " is not there");
  }

  @Test
  void widthsThatAreNoneAreRefused() {
    for (String layers : List.of("784", "784,x", "784,0")) {
      Run run = Run.of("plan", "--layers", layers, "--rows", "10");
      assertThat(run.code()).isEqualTo(Main.USAGE);
      assertThat(run.err().strip())
          .isEqualTo(
              "sparkae plan: --layers must be two or more widths, such as 784,30, not " + layers);
    }
    assertThatThrownBy(() -> new CostConstants(0, 0, 0, 0, 0, 0))
        .hasMessageContaining("gflopsPerCore");
  }
}
