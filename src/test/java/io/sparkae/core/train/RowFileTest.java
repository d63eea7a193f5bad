package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowFileTest {
  /** More numbers than its buffer has room for. */
  private static final int LONG = 300_000;

  @TempDir private Path folder;

  /** The longest array is longer than any of the segments. */
  @ParameterizedTest
  @ValueSource(longs = {16, 1000, 1_000_000, RowFile.SEGMENT})
  void arraysAreReadWhereTheyLie(long segmentBytes) throws IOException {
    Random random = Seed.random("row file");
    List<float[]> floats = new ArrayList<>();
    List<int[]> ints = new ArrayList<>();
    List<RowFile.Range> floatRanges = new ArrayList<>();
    List<RowFile.Range> intRanges = new ArrayList<>();
    RowFile file = new RowFile(folder.resolve("rows"), segmentBytes);
    for (int length : new int[] {3, 0, 100, LONG, 1, 1, 5000}) {
      float[] values = new float[length];
      for (int i = 0; i < length; i++) {
        values[i] = random.nextFloat();
      }
      int[] numbers = random.ints(length).toArray();
      floats.add(values);
      ints.add(numbers);
      floatRanges.add(file.write(values));
      intRanges.add(file.write(numbers));
    }
    file.map();
    List<FloatBuffer> mappedFloats = floatRanges.stream().map(file::floats).toList();
    List<IntBuffer> mappedInts = intRanges.stream().map(file::ints).toList();
    file.close();
    Files.delete(folder.resolve("rows"));
    for (int i = 0; i < floats.size(); i++) {
      float[] values = new float[mappedFloats.get(i).capacity()];
      mappedFloats.get(i).get(0, values);
      assertThat(values).containsExactly(floats.get(i));
      int[] numbers = new int[mappedInts.get(i).capacity()];
      mappedInts.get(i).get(0, numbers);
      assertThat(numbers).containsExactly(ints.get(i));
    }
  }
}
