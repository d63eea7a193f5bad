package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.data.GeneratedSource;
import io.sparkae.data.LocalSpark;
import io.sparkae.ml.AutoencoderModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings whose JVM is killed at random moments, while a checkpoint is written among them, and
 * which are then resumed; {@code -Dsparkae.test.kills=…} asks for more, in a longer training.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KilledTrainingIT {
  private static final int KILLS = Integer.getInteger("sparkae.test.kills", 5);
  private static final int EPOCHS = Math.max(12, KILLS);

  private static final String SETTINGS =
      "train --input table --hidden-layers 300 --code-size 30 --batch-size 50 --steps-per-round 4"
          + " --checkpoint-interval 1 --validation-fraction 0.1 --no-report --epochs "
          + EPOCHS;

  @TempDir private Path folder;

  private int newest() {
    return Newest.checkpoint(folder.resolve("out/_model-checkpoints"));
  }

  private static List<String> said(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  /** Whether a checkpoint is there that is not whole yet. */
  private boolean isWriting() {
    String[] files = folder.resolve("out/_model-checkpoints").toFile().list();
    return files != null && Arrays.stream(files).anyMatch(name -> name.startsWith(".unfinished"));
  }

  /**
   * Kills a training after some more checkpoints and a moment.
   *
   * @param nanos of the moment, negative for that in which the next checkpoint is being written
   */
  private List<String> kill(Process training, int more, long nanos)
      throws IOException, InterruptedException {
    int last = newest() + more;
    while (newest() < last) {
      assertThat(training.isAlive()).as("the training goes on").isTrue();
      Thread.onSpinWait();
    }
    long moment = System.nanoTime() + nanos;
    while (nanos < 0 ? !isWriting() && training.isAlive() : System.nanoTime() < moment) {
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
    int withinWrites = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process training = TrainJvm.start(folder, again);
      long nanos = kill % 2 == 0 ? random.nextInt(40_000_000) : -1;
      List<String> last = kill(training, 1 + random.nextInt(8), nanos);
      withinWrites += isWriting() ? 1 : 0;
      assertThat(String.join("\n", last))
          .contains(kill == 0 ? "to go on from: starting anew" : "going on after ");
    }
    System.out.println(withinWrites + " of " + KILLS + " kills while a checkpoint was written");
    assertThat(withinWrites)
        .as("kills while a checkpoint was written")
        .isGreaterThanOrEqualTo(KILLS / 4);
    Process ended = TrainJvm.start(folder, again);
    List<String> last = said(ended);
    assertThat(ended.waitFor()).as(last.toString()).isZero();
    assertThat(String.join("\n", last)).contains("going on after ");

    Path model = folder.resolve("out/model");
    Path other = folder.resolve("out/undisturbed");
    assertThat(SavedWeights.of(model)).isEqualTo(SavedWeights.of(other));
    double[] losses = losses(other);
    assertThat(losses).hasSize(EPOCHS);
    assertThat(losses(model)).containsExactly(losses);
    assertThat(folder.resolve("out/_model-checkpoints")).doesNotExist();
  }

  private static double[] losses(Path model) {
    return AutoencoderModel.load(model.toString()).summary().orElseThrow().objectiveHistory();
  }
}
