package io.sparkae.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sparkae.core.linalg.Blas;
import io.sparkae.core.train.Averaging;
import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same seed, data, replicas and micro-batches give the same bits, wherever they run. */
class DeterminismTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final Map<String, String> WARM = new LinkedHashMap<>();
  private static final String TWO_EXECUTORS = "local-cluster[2,1,1024]";
  private static final String TWO_CORES = "local-cluster[1,2,1024]";

  @TempDir private static Path folder;
  private static List<String> cluster;

  @BeforeAll
  static void trainHereUntilTheCodeIsCompiled() {
    for (int round = 0; round < 3; round++) {
      for (String variant : FixedTraining.VARIANTS) {
        String hash = FixedTraining.hash(SPARK, variant, 7);
        assertThat(WARM.getOrDefault(variant, hash)).isEqualTo(hash);
        WARM.put(variant, hash);
      }
    }
  }

  /** The second cluster is one executor of two cores, both of which a lone replica asks for. */
  private static synchronized List<String> trainInClusters()
      throws IOException, InterruptedException {
    if (cluster == null) {
      SparkHome home = SparkHome.in(Files.createDirectory(folder.resolve("spark")));
      cluster =
          ChildJvm.run(
              folder,
              Map.of("SPARK_HOME", home.path().toString(), "SPARK_SCALA_VERSION", "2.13"),
              FixedTraining.class,
              "spark.jars=" + home.jobJars(),
              "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1",
              "master=" + TWO_EXECUTORS,
              "master=" + TWO_CORES);
    }
    return cluster;
  }

  private static List<String> expected(String... masters) {
    List<String> lines = new ArrayList<>();
    for (String master : masters) {
      WARM.forEach((variant, hash) -> lines.add(master + " " + variant + " " + hash));
    }
    return lines;
  }

  @Test
  void coldJvmOfOneCoreOrTwoGivesTheBitsOfAWarmOne() throws IOException, InterruptedException {
    List<String> lines =
        ChildJvm.run(folder, Map.of(), FixedTraining.class, "master=local[1]", "master=local[2]");
    assertThat(lines.stream().filter(line -> !line.contains(" blas ")))
        .as("here: %s", Blas.description())
        .containsExactlyElementsOf(expected("local[1]", "local[2]"));
  }

  /** Spark has no memory for the rows: they lie on disk and are read there. */
  @Test
  void rowsThatAreReadFromDiskGiveTheBitsOfThoseInMemory()
      throws IOException, InterruptedException {
    List<String> lines =
        ChildJvm.run(
            folder,
            Map.of(),
            FixedTraining.class,
            "spark.memory.fraction=0.0001",
            "master=local[2]");
    assertThat(lines.stream().filter(line -> !line.contains(" blas ")))
        .containsExactlyElementsOf(expected("local[2]"));
  }

  @Test
  void executorsInJvmsOfTheirOwnGiveTheBitsOfOneJvm() throws IOException, InterruptedException {
    assertThat(trainInClusters().stream().filter(line -> !line.contains(" blas ")))
        .as("here: %s", Blas.description())
        .containsExactlyElementsOf(expected(TWO_EXECUTORS, TWO_CORES));
  }

  @Test
  void executorsMultiplyWithTheOpenBlasOfTheMavenArtifact()
      throws IOException, InterruptedException {
    assumeThat(Path.of("/proc/self/maps")).as("mapped files show on Linux only").exists();
    List<String> executors =
        trainInClusters().stream().filter(line -> line.contains(" blas ")).toList();
    assertThat(executors).hasSize(2);
    assertThat(executors)
        .allSatisfy(
            line -> {
              String[] parts = line.split(" ", 4);
              assertThat(parts[2]).contains("openblas", "bytedeco");
              assertThat(parts[3]).as("none beside it").isEqualTo("[" + parts[2] + "]");
            });
  }

  @Test
  void anotherSeedOrVariantGivesOtherBits() {
    assertThat(new HashSet<>(WARM.values())).hasSize(FixedTraining.VARIANTS.size());
    WARM.forEach(
        (variant, hash) -> assertThat(FixedTraining.hash(SPARK, variant, 8)).isNotEqualTo(hash));
  }

  @Test
  void oneReplicaAndSevenAgreeWithinRoundingWhenSynchronous() {
    float[] one = FixedTraining.train(SPARK, Averaging.SYNCHRONOUS, 1, 7).parameters();
    float[] seven = FixedTraining.train(SPARK, Averaging.SYNCHRONOUS, 7, 7).parameters();
    assertThat(Arrays.equals(one, seven)).as("sums in another order round otherwise").isFalse();
    double largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - seven[i]));
    }
    assertThat(largest).isLessThan(2e-5); // of parameters that moved by up to 30 steps of 1e-3
  }
}
