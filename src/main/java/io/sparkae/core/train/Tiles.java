package io.sparkae.core.train;

import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The flat parameters in tiles, each whole rows of one slice, that the threads of a replica take
 * one after the other. Where a tile begins depends on the layout alone, so that it leaves no trace
 * who took it.
 */
final class Tiles {
  /**
   * About as many elements as a tile has: its direction fits into a second-level cache, and there
   * are enough rows for a product not to spend its time on rearranging the deltas.
   */
  private static final int ELEMENTS = 262_144;

  private final int[] starts;
  private final AtomicInteger next = new AtomicInteger();

  Tiles(ParameterLayout layout) {
    IntStream inSlices = layout.slices().stream().flatMapToInt(Tiles::starts);
    starts = IntStream.concat(inSlices, IntStream.of(layout.size())).toArray();
  }

  private static IntStream starts(ParameterSlice slice) {
    int pieces = Math.max(1, Math.round((float) slice.length() / ELEMENTS));
    int rows = (slice.rows() + pieces - 1) / pieces;
    return IntStream.iterate(0, row -> row < slice.rows(), row -> row + rows)
        .map(row -> slice.offset() + row * slice.columns());
  }

  int count() {
    return starts.length - 1;
  }

  int start(int tile) {
    return starts[tile];
  }

  int end(int tile) {
    return starts[tile + 1];
  }

  /** Deals the tiles out anew; nobody may be taking any. */
  void deal() {
    next.setPlain(0);
  }

  /** The next tile that nobody has taken; {@link #count()} or more if there is none. */
  int take() {
    return next.getAndIncrement();
  }
}
