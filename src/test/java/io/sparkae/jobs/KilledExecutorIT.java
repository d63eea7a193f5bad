package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.GeneratedSource;
import io.sparkae.data.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code train} on a cluster where an executor is killed. */
@ExtendWith(SharedCluster.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledExecutorIT {
  @TempDir private Path folder;

  @Test
  void aTrainingWhoseExecutorIsKilledSavesTheSameWeights(TestCluster cluster)
      throws IOException, InterruptedException {
    TestCluster.endSession();
    GeneratedSource.read(LocalSpark.session(), "rect", 1, 0, 2000, 2)
        .write()
        .parquet(folder.resolve("table").toString());
    String train =
        "train --input table --hidden-layers 100 --code-size 20 --epochs 5 --batch-size 50"
            + " --steps-per-round 4 --checkpoint-interval 1 --no-report --output ";
    String here =
        (train + "here --replicas 2 --micro-batches 2").replace("table", folder + "/table");
    Run undisturbed = Run.of(here.replace("here", folder + "/here").split(" "));
    assertThat(undisturbed.code()).as(undisturbed.err()).isZero();

    Shell.Running command = cluster.command(folder, train + "there");
    Path checkpoints = folder.resolve("_there-checkpoints");
    TestCluster.await(
        "the training is under way",
        () -> Newest.checkpoint(checkpoints) >= 5 || !command.process().isAlive());
    List<ProcessHandle> executors = cluster.executors();
    executors.stream().findFirst().ifPresent(ProcessHandle::destroyForcibly);
    Run run = command.end();
    assertThat(executors).as(run.code() + ": " + run.out() + run.err()).isNotEmpty();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("Lost executor");
    assertThat(SavedWeights.of(folder.resolve("there")))
        .isEqualTo(SavedWeights.of(folder.resolve("here")));
  }
}
