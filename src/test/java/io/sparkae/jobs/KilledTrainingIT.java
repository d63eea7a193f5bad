package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.data.GeneratedSource;
import io.sparkae.data.LocalSpark;
import io.sparkae.ml.AutoencoderModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings whose JVM is killed at random moments, and which are then resumed. */
class KilledTrainingIT {
  private static final int KILLS = 5;

  private static final String SETTINGS =
      "train --input table --hidden-layers 300 --code-size 30 --epochs 12 --batch-size 50"
          + " --steps-per-round 4 --checkpoint-interval 1 --validation-fraction 0.1 --no-report";

  @TempDir private Path folder;

  private int newest() {
    return Newest.checkpoint(folder.resolve("out/_model-checkpoints"));
  }

  private static List<String> said(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  /** Kills a training after some more checkpoints and a moment. */
  private List<String> kill(Process training, int more, long nanos)
      throws IOException, InterruptedException {
    int last = newest() + more;
    while (newest() < last) {
      assertThat(training.isAlive()).as("the training goes on").isTrue();
      Thread.onSpinWait();
    }
    long moment = System.nanoTime() + nanos;
    while (System.nanoTime() < moment) {
      Thread.onSpinWait();
    }
    training.toHandle().destroyForcibly(); // leaves what it said readable
    List<String> said = said(training);
    training.waitFor();
    return said;
  }

  @Test
  void aTrainingThatIsKilledAgainAndAgainEndsAsAnUndisturbedOne()
      throws IOException, InterruptedException {
    GeneratedSource.read(LocalSpark.session(), "rect", 1, 0, 2000, 2)
        .write()
        .parquet(folder.resolve("table").toString());
    Process undisturbed = TrainJvm.start(folder, SETTINGS + " --output out/undisturbed");
    List<String> heard = said(undisturbed);
    assertThat(undisturbed.waitFor()).as(heard.toString()).isZero();

    Random random = Seed.random("killed training");
    String again = SETTINGS + " --output out/model --resume";
    for (int kill = 0; kill < KILLS; kill++) {
      Process training = TrainJvm.start(folder, again);
      List<String> last = kill(training, 1 + random.nextInt(8), random.nextInt(40_000_000));
      assertThat(String.join("\n", last))
          .contains(kill == 0 ? "to go on from: starting anew" : "going on after ");
    }
    Process ended = TrainJvm.start(folder, again);
    List<String> last = said(ended);
    assertThat(ended.waitFor()).as(last.toString()).isZero();
    assertThat(String.join("\n", last)).contains("going on after ");

    Path model = folder.resolve("out/model");
    Path other = folder.resolve("out/undisturbed");
    assertThat(SavedWeights.of(model)).isEqualTo(SavedWeights.of(other));
    double[] losses = losses(other);
    assertThat(losses).hasSize(12);
    assertThat(losses(model)).containsExactly(losses);
    assertThat(folder.resolve("out/_model-checkpoints")).doesNotExist();
  }

  private static double[] losses(Path model) {
    return AutoencoderModel.load(model.toString()).summary().orElseThrow().objectiveHistory();
  }
}
