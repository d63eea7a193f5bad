package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchWorkloadTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void generate() {
    LocalSpark.session();
    Run run = Run.of("generate", "--set", "digits", "--rows", "300", "--output", path("digits"));
    assertThat(run.code()).as(run.err()).isZero();
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Run bench(String... more) {
    return Run.of(
        Stream.concat(Stream.of("bench", "--input", path("digits"), "--json"), Stream.of(more))
            .toArray(String[]::new));
  }

  private static JsonNode measure(String workload, String... more) throws IOException {
    Run run =
        bench(
            Stream.concat(Stream.of("--workload", workload, "--seconds", "1"), Stream.of(more))
                .toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run.json();
  }

  /**
   * 784·1000 + 1000·500 + 500·250 + 250·30 = 1,416,500 weights in each half, 784·1000 in each half
   * of the shallow one, 784·400 + 400·40 and 20·400 + 400·784 of the variational one.
   */
  @ParameterizedTest
  @CsvSource({
    "deep, 2833000, 784000",
    "shallow, 1568000, 784000",
    "variational, 651200, 313600",
  })
  void trainingCostsWhatTheLayersCost(String workload, double weights, double first)
      throws IOException {
    JsonNode result = measure(workload, "--epochs", "3", "--test", path("digits"));
    double flops = 2 * (3 * weights - first);
    assertThat(result.get("fractionOfSgemm").asDouble())
        .isBetween(
            0.95
                    * flops
                    * result.get("rowsPerSecond").asDouble()
                    / (1e9 * result.get("sgemmGflops").asDouble())
                - 0.001,
            1.05
                    * flops
                    * result.get("rowsPerSecond").asDouble()
                    / (1e9 * result.get("sgemmGflops").asDouble())
                + 0.001);
    assertThat(result.get("allocatedBytesPerStep").asInt()).isZero();
    assertThat(result.get("epochs").asInt()).isEqualTo(3);
    assertThat(result.get("testError").asDouble()).isBetween(1.0, 784.0);
    assertThat(result.get("rowsPerSecondLeast").asDouble())
        .isLessThanOrEqualTo(result.get("rowsPerSecondGreatest").asDouble());
  }

  @Test
  void qualityEndsWithTheFirstEpochThatIsGoodEnough() throws IOException {
    String[] test = {"--test", path("digits")};
    double two = measure("deep", "--epochs", "2", test[0], test[1]).get("testError").asDouble();
    JsonNode result = measure("quality", "--target", "" + (two + 1e-3), test[0], test[1]);
    assertThat(result.get("epochs").asInt()).isEqualTo(2);
    assertThat(result.get("testError").asDouble()).isEqualTo(two);
  }

  @Test
  void encodingPackingAndRoundsHaveTheirFigures() throws IOException {
    assertThat(measure("encode").get("rowsPerSecond").asDouble()).isPositive();
    JsonNode file = measure("encodeFile");
    assertThat(file.get("ratio").asDouble()).isPositive();
    JsonNode pack = measure("pack");
    assertThat(pack.get("floatBytesPerRow").asInt()).isEqualTo(4 * 784);
    assertThat(pack.get("bytesPerRow").asDouble()).isBetween(4 * 784.0, 1.1 * 4 * 784);
    JsonNode round = measure("round");
    assertThat(round.get("roundMillis").asDouble()).isPositive();
    assertThat(round.get("parameters").asInt()).isEqualTo(2_833_000 + 4_314);
  }

  @Test
  void growthHasAPointForEachValue() throws IOException {
    JsonNode growth = measure("growth").get("growth");
    assertThat(growth.findValuesAsText("of").stream().distinct())
        .containsExactly(
            "rows", "width", "depth", "replicas", "threads", "averaging of 2 replicas");
    for (JsonNode point : growth) {
      assertThat(point.get("epochSeconds").asDouble()).as("%s", point).isPositive();
    }
    assertThat(growth.get(3).get("value").asInt()).isEqualTo(8);
    assertThat(growth.findValuesAsText("value"))
        .endsWith("32", "64", "1", "2", "local", "synchronous");
  }

  @Test
  void constantsAreWhatPlanReads() throws IOException {
    CostConstants constants = CostConstants.parse(measure("constants").toString());
    assertThat(constants.gflopsPerCore()).isBetween(0.1, 1000.0);
    assertThat(constants.jobSeconds() + constants.taskSeconds()).isBetween(1e-4, 10.0);
  }

  @Test
  void sparseRowsKeepTheirElementsWhateverTheWidth() throws IOException {
    JsonNode growth = measure("sparse").get("growth");
    assertThat(growth.findValuesAsText("features"))
        .containsExactly("2000", "20000", "200000", "1000000", "1000000", "1000000");
    double nonZeros = growth.get(0).get("nonZerosPerRow").asDouble();
    assertThat(nonZeros).isBetween(20.0, 784.0);
    assertThat(growth.get(3).get("nonZerosPerRow").asDouble()).isEqualTo(nonZeros);
    assertThat(growth.get(4).get("nonZerosPerRow").asDouble())
        .isBetween(0.45 * nonZeros, 0.55 * nonZeros);
    for (JsonNode point : growth) {
      assertThat(point.get("rowsPerSecond").asDouble()).isPositive();
      assertThat(point.get("predictedRowsPerSecond").asDouble()).isPositive();
    }
  }

  @Test
  void refusesOptionsThatDoNothingAndThoseThatAreMissing() {
    Run idle = bench("--workload", "pack", "--epochs", "3");
    assertThat(idle.code()).isEqualTo(Main.USAGE);
    assertThat(idle.err().strip())
        .isEqualTo("sparkae bench: --epochs does nothing with --workload pack");
    Run missing = bench("--workload", "quality", "--test", path("digits"));
    assertThat(missing.err().strip())
        .isEqualTo("sparkae bench: --target is missing, which --workload quality needs");
    assertThat(List.of(idle.out(), missing.out())).containsOnly("");
  }
}
