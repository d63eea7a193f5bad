package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.core.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFileTest {
  /** More numbers than its buffer has room for. */
  private static final int LONG = 50_000;

  @TempDir private Path folder;

  @Test
  void arraysAreReadPieceByPiece() throws IOException {
    Random random = Seed.random("row file");
    Path path = folder.resolve("rows");
    List<float[]> floats = new ArrayList<>();
    List<int[]> ints = new ArrayList<>();
    List<Long> floatPlaces = new ArrayList<>();
    List<Long> intPlaces = new ArrayList<>();
    try (RowFile file = new RowFile(path)) {
      assertThat(path).doesNotExist();
      for (int length : new int[] {3, 0, 100, LONG, 1, 1, 5000}) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
          values[i] = random.nextFloat();
        }
        floats.add(values);
        ints.add(random.ints(length).toArray());
        floatPlaces.add(file.write(values));
        intPlaces.add(file.write(ints.get(ints.size() - 1)));
      }
      for (int i = 0; i < floats.size(); i++) {
        int length = floats.get(i).length;
        int from = length / 3;
        float[] values = new float[length + 2];
        file.read(floatPlaces.get(i), from, values, 1, length - from);
        assertThat(Arrays.copyOfRange(values, 1, 1 + length - from))
            .containsExactly(Arrays.copyOfRange(floats.get(i), from, length));
        int[] numbers = new int[length + 2];
        file.read(intPlaces.get(i), from, numbers, 1, length - from);
        assertThat(Arrays.copyOfRange(numbers, 1, 1 + length - from))
            .containsExactly(Arrays.copyOfRange(ints.get(i), from, length));
      }
    }
  }

  @Test
  void whatIsNotThereIsToldAndNotAwaited() throws IOException {
    RowFile file = new RowFile(folder.resolve("rows"));
    long place = file.write(new float[5]);
    assertThatThrownBy(() -> file.read(place, 3, new float[3], 0, 3))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cut short");
    file.close();
    assertThatThrownBy(() -> file.read(place, 0, new float[3], 0, 3))
        .hasCauseInstanceOf(ClosedChannelException.class);
  }
}
