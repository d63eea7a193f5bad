package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.core.checkpoint.Fingerprint;
import io.sparkae.core.checkpoint.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Checkpoints with changed bytes whose checksum was made to fit: read in vain, but in order. */
class ForgedCheckpointTest {
  private static final int MUTATIONS = 20_000;
  private static final int HEAD = Long.BYTES + Integer.BYTES;
  private static final int TAIL = Long.BYTES + Integer.BYTES;
  private static final Example EXAMPLE = Example.STATISTICS;

  /** Ends a training that has begun. */
  private static final class Begun extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final MemoryStore store = new MemoryStore();
  private final List<String> warnings = new ArrayList<>();

  private void train(boolean resume, TrainingListener listener) throws IOException {
    TrainingSettings settings =
        EXAMPLE
            .settings(Averaging.LOCAL, 7, 2, 1, 2)
            .withValidation(new ValidationSettings(0, 2, 0));
    Block rows = EXAMPLE.rows(new Random(5), 20);
    TrainingPlan plan = TrainingPlan.of(settings, rows.rows(), 1, 1, false);
    new TrainingLoop(
            EXAMPLE.objective,
            plan,
            InProcessReplicas.of(EXAMPLE.objective, plan, rows, rows),
            listener,
            RoundState.initial(EXAMPLE.objective, settings),
            TrainingCheckpoints.open(
                store, 1, resume, new Fingerprint(Map.of("model", "tiny")), warnings::add))
        .run();
  }

  private static void seal(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(file.length - TAIL, file.length);
    CRC32C checksum = new CRC32C();
    checksum.update(file, 0, file.length - Integer.BYTES);
    bytes.putInt(file.length - Integer.BYTES, (int) checksum.getValue());
  }

  private static byte[] mutated(byte[] whole, Random random) {
    int length =
        random.nextInt(10) == 0 ? HEAD + TAIL + random.nextInt(whole.length) : whole.length;
    byte[] bytes = Arrays.copyOf(whole, length);
    for (int change = 0; change <= random.nextInt(4); change++) {
      int at = HEAD + random.nextInt(length - HEAD - TAIL + 1);
      bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) 0x7f;
    }
    seal(bytes);
    return bytes;
  }

  @Test
  void whateverIsInAFileItIsReadLeftOutOrRefusedInOneLine() throws IOException {
    train(false, TrainingListener.NONE);
    byte[] whole = store.files().get(store.files().keySet().iterator().next());
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void onRound(RoundEvent event) {
            throw new Begun();
          }
        };
    Random random = Seed.random("forged checkpoints");
    int begun = 0;
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      store.files().clear();
      store.files().put("checkpoint-00000001", mutated(whole, random));
      try {
        train(true, stopper);
        begun++; // and had ended
      } catch (Begun | TrainingException expected) {
        begun++;
      } catch (IllegalArgumentException expected) {
        assertThat(expected.getMessage()).startsWith("resume: ").hasLineCount(1);
        refused++;
      }
    }
    assertThat(begun + refused).isEqualTo(MUTATIONS);
    assertThat(begun).isPositive();
    assertThat(refused).isPositive();
    assertThat(warnings).isNotEmpty();
  }
}
