package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.graph.Initializer;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tiles cover the parameters once, in whole rows of one slice each. */
class TilesTest {
  private static ParameterLayout layout(int... shapes) {
    ParameterLayout layout = new ParameterLayout();
    for (int i = 0; i < shapes.length; i += 2) {
      layout.add("slice" + i, shapes[i], shapes[i + 1], Initializer.ZERO);
    }
    return layout;
  }

  @Test
  void tilesFollowEachOtherFromFirstToLastParameter() {
    ParameterLayout layout = layout(784, 1000, 1, 1000, 1000, 1, 3, 700_001, 0, 5);
    Tiles tiles = new Tiles(layout);
    assertThat(tiles.start(0)).isZero();
    assertThat(tiles.end(tiles.count() - 1)).isEqualTo(layout.size());
    for (int tile = 1; tile < tiles.count(); tile++) {
      assertThat(tiles.start(tile)).isEqualTo(tiles.end(tile - 1));
    }
  }

  @Test
  void tileIsWholeRowsOfOneSlice() {
    ParameterLayout layout = layout(784, 1000, 1, 1000, 1000, 1, 3, 700_001);
    Tiles tiles = new Tiles(layout);
    for (int tile = 0; tile < tiles.count(); tile++) {
      int from = tiles.start(tile);
      int to = tiles.end(tile);
      ParameterSlice slice =
          layout.slices().stream()
              .filter(s -> s.offset() <= from && from < s.end())
              .findFirst()
              .get();
      assertThat(to).isLessThanOrEqualTo(slice.end());
      assertThat((from - slice.offset()) % slice.columns()).isZero();
      assertThat((to - slice.offset()) % slice.columns()).isZero();
    }
  }

  @Test
  void largeMatrixIsForSeveralThreads() {
    assertThat(new Tiles(layout(784, 1000)).count()).isEqualTo(3);
  }

  @Test
  void everyTileIsTakenOnce() throws InterruptedException {
    Tiles tiles = new Tiles(layout(100_000, 100));
    tiles.deal();
    int[] taken = new int[tiles.count()];
    Thread[] takers =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    new Thread(
                        () -> {
                          for (int t = tiles.take(); t < tiles.count(); t = tiles.take()) {
                            synchronized (taken) {
                              taken[t]++;
                            }
                          }
                        }))
            .toArray(Thread[]::new);
    Arrays.stream(takers).forEach(Thread::start);
    for (Thread taker : takers) {
      taker.join();
    }
    assertThat(taken).containsOnly(1);
  }
}
