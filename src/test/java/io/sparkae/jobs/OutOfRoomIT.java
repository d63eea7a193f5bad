package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.sparkae.data.GeneratedSource;
import io.sparkae.data.LocalSpark;
import io.sparkae.ml.Autoencoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small heaps and disks. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class OutOfRoomIT {
  /** Of 784 numbers: 25 MB in all. */
  private static final int ROWS = 8000;

  private static final String SMALL = "--hidden-layers 20";
  private static final String NO_MEMORY_FOR_ROWS = " --conf spark.memory.fraction=0.01";

  @TempDir private static Path folder;

  private static Run train(String limit, String output, String options)
      throws IOException, InterruptedException {
    GeneratedSource.read(LocalSpark.session(), "rect", 1, 0, ROWS, 4)
        .write()
        .mode("overwrite")
        .parquet(folder.resolve("table").toString());
    return new Shell(folder)
        .run(
            limit
                + Shell.script("sparkae")
                + " train --input table --code-size 5 --epochs 2 --master 'local[2]' --output "
                + output
                + " "
                + options);
  }

  /** Sixteen directions of 7.8 million parameters each are more than the heap has room for. */
  @Test
  void aTaskWithoutMemoryEndsTheCommandWithALine() throws IOException, InterruptedException {
    Run run = train("", "none", "--hidden-layers 5000 --micro-batches 16 --driver-memory 600m");
    assertThat(run.code()).as(run.err()).isEqualTo(Main.FAILURE);
    assertThat(run.err())
        .contains("sparkae train: out of memory (Java heap space): give the driver more by")
        .doesNotContain("interrupted");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void rowsThatSparkHasNoMemoryForAreTrainedOnFromDisk() throws IOException, InterruptedException {
    Run inMemory = train("", "memory", SMALL);
    Run onDisk = train("", "disk", SMALL + NO_MEMORY_FOR_ROWS);
    assertThat(inMemory.code()).as(inMemory.err()).isZero();
    assertThat(onDisk.code()).as(onDisk.err()).isZero();
    assertThat(SavedWeights.of(folder.resolve("disk")))
        .isEqualTo(SavedWeights.of(folder.resolve("memory")));
  }

  /** No file of the command may pass one megabyte, in place of a disk that is full. */
  @Test
  void aScratchDiskWithoutRoomEndsTheCommandWithALine() throws IOException, InterruptedException {
    Run run = train("ulimit -f 1024; ", "none", SMALL + NO_MEMORY_FOR_ROWS);
    assertThat(run.code()).as(run.err()).isEqualTo(Main.FAILURE);
    assertThat(run.err())
        .contains("sparkae train: a disk is full (File too large): what does not fit into memory");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  /** The same of the workers' disks, while the driver's has room. */
  @Test
  void workersWithoutRoomOnTheirScratchDisksEndATrainingWithALine()
      throws IOException, InterruptedException {
    try (TestCluster cluster = TestCluster.startLimited("-f 1024")) {
      SparkSession spark = cluster.session(Map.of("spark.memory.fraction", "0.01"));
      Dataset<Row> table = GeneratedSource.read(spark, "rect", 1, 0, ROWS, 4);
      Autoencoder autoencoder = new Autoencoder().setHiddenLayers(new int[] {20}).setEpochs(2);
      assertThatThrownBy(() -> autoencoder.fit(table))
          .extracting(Failures::line, STRING)
          .startsWith("a disk is full (")
          .contains("on a cluster by SPARK_LOCAL_DIRS of its workers");
    }
  }
}
