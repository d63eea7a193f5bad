package io.sparkae.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.core.Seed;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowPermutationTest {
  private static int[] positions(long seed, long epoch, int size) {
    RowPermutation permutation = new RowPermutation(seed, epoch, size);
    return IntStream.range(0, size).map(row -> (int) permutation.position(row)).toArray();
  }

  @Test
  void everyRowHasOnePlaceAndTheInverseFindsIt() {
    long seed = Seed.of("RowPermutation");
    IntStream sizes = IntStream.concat(IntStream.rangeClosed(1, 1000), IntStream.of(65_537));
    sizes.forEach(
        size -> {
          RowPermutation permutation = new RowPermutation(seed, size % 5, size);
          BitSet taken = new BitSet(size);
          for (int row = 0; row < size; row++) {
            long position = permutation.position(row);
            if (position < 0 || position >= size || permutation.row(position) != row) {
              throw new AssertionError("row " + row + " of " + size + " is at " + position);
            }
            taken.set((int) position);
          }
          assertThat(taken.cardinality()).isEqualTo(size);
        });
  }

  @Test
  void largestSizeStillHasAnInverse() {
    long size = 1L << 62;
    RowPermutation permutation = new RowPermutation(1, 2, size);
    for (long row : new long[] {0, 1, size / 3, size - 1}) {
      assertThat(permutation.position(row)).isBetween(0L, size - 1);
      assertThat(permutation.row(permutation.position(row))).isEqualTo(row);
    }
  }

  @Test
  void sizesOutOfRangeAreNamed() {
    assertThatThrownBy(() -> new RowPermutation(1, 1, -1))
        .hasMessage("a permutation's size must be in [0, 2^62], not -1");
    assertThatThrownBy(() -> new RowPermutation(1, 1, (1L << 62) + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void epochsAndSeedsHaveOrdersOfTheirOwn() {
    int[] order = positions(1, 0, 1000);
    assertThat(positions(1, 0, 1000)).containsExactly(order);
    for (int[] other : new int[][] {positions(1, 1, 1000), positions(2, 0, 1000)}) {
      // A random permutation keeps one row in its place on average; 10 or more have p < 10⁻⁶.
      assertThat(IntStream.range(0, 1000).filter(i -> other[i] == order[i]).count()).isLessThan(10);
    }
  }

  /** Over many epochs each row is at each place equally often. */
  @Test
  void placesAreUniform() {
    int size = 20;
    int epochs = 20_000;
    int[][] counts = new int[size][size];
    long seed = Seed.of("RowPermutation places");
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = positions(seed, epoch, size);
      for (int row = 0; row < size; row++) {
        counts[row][order[row]]++;
      }
    }
    double expected = (double) epochs / size;
    double chiSquare = 0;
    for (int[] row : counts) {
      for (int count : row) {
        chiSquare += (count - expected) * (count - expected) / expected;
      }
    }
    assertThat(chiSquare).isLessThan(480); // 361 degrees of freedom, p = 0.00003
  }

  /** Neighbours in the data are strangers in the epoch: distances are those of random pairs. */
  @Test
  void neighboursAreScattered() {
    int size = 10_000;
    int[] order = positions(Seed.of("RowPermutation neighbours"), 0, size);
    double distance =
        IntStream.range(1, size)
            .mapToDouble(i -> Math.abs(order[i] - order[i - 1]))
            .average()
            .orElse(0);
    // The mean distance of two random places is size / 3, with standard error of about 26.
    assertThat(distance).isBetween(size / 3.0 - 150, size / 3.0 + 150);
  }
}
