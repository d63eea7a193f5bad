package io.sparkae.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.core.Seed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept comes back to the bit, or not at all. */
class CheckpointFilesTest {
  private final MemoryStore store = new MemoryStore();
  private final List<String> warnings = new ArrayList<>();
  private final CheckpointFiles files = new CheckpointFiles(store, warnings::add);

  private static void write(String text, CheckpointOutput out) throws IOException {
    out.putText(text);
    out.putFloats(new float[] {1.5f, -0f, Float.NaN});
    out.putList(List.of(new double[] {Math.PI}, new double[0]), (v, to) -> to.putDoubles(v));
  }

  private static String read(CheckpointInput in) throws IOException {
    String text = in.getText();
    float[] floats = in.getFloats();
    List<double[]> lists = in.getList(CheckpointInput::getDoubles);
    assertThat(floats).containsExactly(1.5f, -0f, Float.NaN);
    assertThat(lists.get(0)).containsExactly(Math.PI);
    assertThat(lists.get(1)).isEmpty();
    return text;
  }

  private void writeBoth() throws IOException {
    files.write(out -> write("older", out));
    files.write(out -> write("newer", out));
  }

  @Test
  void theNewestTwoAreKeptAndTheNewestIsRead() throws IOException {
    for (String text : List.of("a", "b", "c")) {
      files.write(out -> write(text, out));
    }
    assertThat(store.files()).containsOnlyKeys("checkpoint-00000002", "checkpoint-00000003");
    assertThat(files.readNewest(CheckpointFilesTest::read)).contains("c");
    assertThat(warnings).isEmpty();
  }

  @Test
  void arraysLongerThanTheBufferComeBack() throws IOException {
    float[] floats = new float[100_001];
    double[] doubles = new double[50_001];
    Random random = Seed.random("arrays");
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.intBitsToFloat(random.nextInt() & 0x7f7fffff);
    }
    Arrays.setAll(doubles, i -> random.nextGaussian());
    String text = "ü€".repeat(40_000);
    files.write(
        out -> {
          out.putInt(7);
          out.putFloats(floats);
          out.putText(text);
          out.putDoubles(doubles);
        });
    Optional<Boolean> same =
        files.readNewest(
            in -> {
              assertThat(in.getInt()).isEqualTo(7);
              boolean floatsAreSame = Arrays.equals(in.getFloats(), floats);
              boolean textIsSame = in.getText().equals(text);
              return floatsAreSame && textIsSame && Arrays.equals(in.getDoubles(), doubles);
            });
    assertThat(same).contains(true);
  }

  @Test
  void whateverBitFlipsTheOneBeforeIsRead() throws IOException {
    writeBoth();
    byte[] newest = store.files().get("checkpoint-00000002");
    for (int bit = 0; bit < newest.length * 8; bit++) {
      newest[bit / 8] ^= (byte) (1 << bit % 8);
      warnings.clear();
      assertThat(files.readNewest(CheckpointFilesTest::read)).as("bit %d", bit).contains("older");
      assertThat(warnings).hasSize(1);
      assertThat(warnings.get(0)).startsWith("the folder/checkpoint-00000002 is ");
      newest[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(files.readNewest(CheckpointFilesTest::read)).contains("newer");
  }

  @Test
  void whereverItIsCutOrWhateverFollowsTheOneBeforeIsRead() throws IOException {
    writeBoth();
    byte[] newest = store.files().get("checkpoint-00000002");
    for (int length = 0; length < newest.length + 20; length++) {
      if (length != newest.length) {
        store.files().put("checkpoint-00000002", Arrays.copyOf(newest, length));
        assertThat(files.readNewest(CheckpointFilesTest::read)).as("%d", length).contains("older");
      }
    }
    assertThat(warnings).hasSize(newest.length + 19);
  }

  @Test
  void ofOneThatCannotBeReadTheOneBeforeIs() throws IOException {
    writeBoth();
    store.lose("checkpoint-00000002");
    assertThat(files.readNewest(CheckpointFilesTest::read)).contains("older");
    assertThat(warnings)
        .containsExactly(
            "the folder/checkpoint-00000002 cannot be read (no node has checkpoint-00000002): it is"
                + " left out");
    store.lose("checkpoint-00000001");
    assertThatThrownBy(() -> files.readNewest(CheckpointFilesTest::read))
        .isInstanceOf(IOException.class)
        .hasMessage("no node has checkpoint-00000002");
  }

  @Test
  void oneThatCannotBeDeletedDoesNotUndoTheNext() throws IOException {
    writeBoth();
    store.lose("checkpoint-00000001");
    files.write(out -> write("next", out));
    assertThat(files.readNewest(CheckpointFilesTest::read)).contains("next");
    assertThat(warnings)
        .containsExactly(
            "the folder/checkpoint-00000001, which is not needed any more, could not be deleted: no"
                + " node has checkpoint-00000001");
  }

  @Test
  void anotherVersionOfTheFormatIsNamed() throws IOException {
    writeBoth();
    byte[] newest = store.files().get("checkpoint-00000002");
    newest[Long.BYTES] = 3;
    ChangedCheckpoint.seal(newest);
    assertThat(files.readNewest(CheckpointFilesTest::read)).contains("older");
    assertThat(warnings)
        .containsExactly(
            "the folder/checkpoint-00000002 is of format version 3, which this release does not"
                + " read: it is left out");
  }

  @Test
  void aDamagedOneIsNotAmongThoseKept() throws IOException {
    writeBoth();
    store.files().put("checkpoint-00000002", new byte[100]);
    assertThat(files.readNewest(CheckpointFilesTest::read)).contains("older");
    files.write(out -> write("next", out));
    assertThat(store.files()).containsOnlyKeys("checkpoint-00000001", "checkpoint-00000003");
  }

  @Test
  void thoseOfAnEarlierTrainingAreThereUntilTheFirstIsWritten() throws IOException {
    writeBoth();
    CheckpointFiles anew = new CheckpointFiles(store, warnings::add);
    assertThat(store.files()).hasSize(2);
    anew.write(out -> write("anew", out));
    assertThat(store.files()).containsOnlyKeys("checkpoint-00000003");
  }

  @Test
  void whatCannotBeWrittenLeavesThoseBefore() throws IOException {
    writeBoth();
    store.fill();
    assertThatThrownBy(() -> files.write(out -> write("lost", out)))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left");
    assertThat(files.readNewest(CheckpointFilesTest::read)).contains("newer");
    assertThat(store.files()).hasSize(2);
  }

  @Test
  void randomBytesAreNoCheckpoint() throws IOException {
    Random random = Seed.random("random bytes");
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      store.files().put("checkpoint-00000001", bytes);
      assertThat(files.readNewest(CheckpointFilesTest::read)).isEmpty();
    }
    assertThat(warnings).hasSize(20_000);
  }
}
