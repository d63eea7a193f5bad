package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.GeneratedSource;
import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small heaps in one JVM. */
class OutOfMemoryIT {
  /** Of 784 numbers: 25 MB in all. */
  private static final int ROWS = 8000;

  @TempDir private static Path folder;

  private static Run train(String output, String options) throws IOException, InterruptedException {
    GeneratedSource.read(LocalSpark.session(), "rect", 1, 0, ROWS, 4)
        .write()
        .mode("overwrite")
        .parquet(folder.resolve("table").toString());
    return new Shell(folder)
        .run(
            Shell.script("sparkae")
                + " train --input table --code-size 5 --epochs 2 --master 'local[2]' --output "
                + output
                + " "
                + options);
  }

  /** Sixteen directions of 7.8 million parameters each are more than the heap has room for. */
  @Test
  void aTaskWithoutMemoryEndsTheCommandWithALine() throws IOException, InterruptedException {
    Run run = train("none", "--hidden-layers 5000 --micro-batches 16 --driver-memory 600m");
    assertThat(run.code()).as(run.err()).isEqualTo(Main.FAILURE);
    assertThat(run.err())
        .contains("sparkae train: out of memory (Java heap space): give the driver more by")
        .doesNotContain("interrupted");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void rowsThatSparkHasNoMemoryForAreTrainedOnFromDisk() throws IOException, InterruptedException {
    Run inMemory = train("memory", "--hidden-layers 20");
    Run onDisk = train("disk", "--hidden-layers 20 --conf spark.memory.fraction=0.01");
    assertThat(inMemory.code()).as(inMemory.err()).isZero();
    assertThat(onDisk.code()).as(onDisk.err()).isZero();
    assertThat(SavedWeights.of(folder.resolve("disk")))
        .isEqualTo(SavedWeights.of(folder.resolve("memory")));
  }
}
