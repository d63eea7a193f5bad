package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockTest {
  private static final List<ColumnSpec> SPECS =
      List.of(
          ColumnSpec.dense("dense", 3),
          new ColumnSpec("sparse", 5, true),
          ColumnSpec.dense("label", 1));
  private static final int ROWS = 11;

  private static float[][][] columns(Random random) {
    return new float[][][] {
      Data.uniform(random, ROWS, 3), Data.uniform(random, ROWS, 5), Data.uniform(random, ROWS, 1)
    };
  }

  /** What a shard puts into a minibatch for these rows. */
  private static void assertRows(Shard shard, float[][][] columns, long... rows) {
    Minibatch minibatch = new Minibatch(SPECS, rows.length);
    float[] dense = minibatch.column("sparse").values(); // kept dense from now on
    for (int i = 0; i < rows.length; i++) {
      shard.copyRow(rows[i], minibatch, i);
    }
    for (int i = 0; i < rows.length; i++) {
      int row = (int) (rows[i] - shard.firstRow());
      assertThat(minibatch.rowIndices()[i]).isEqualTo(rows[i]);
      assertThat(Arrays.copyOfRange(minibatch.column(0).values(), 3 * i, 3 * i + 3))
          .containsExactly(columns[0][row]);
      assertThat(Arrays.copyOfRange(dense, 5 * i, 5 * i + 5)).containsExactly(columns[1][row]);
      assertThat(minibatch.column("label").values()[i]).isEqualTo(columns[2][row][0]);
      float[] rebuilt = new float[5];
      for (int k = minibatch.column(1).rowStarts()[i];
          k < minibatch.column(1).rowStarts()[i + 1];
          k++) {
        rebuilt[minibatch.column(1).indices()[k]] = minibatch.column(1).nonZeros()[k];
      }
      assertThat(rebuilt).containsExactly(columns[1][row]);
    }
  }

  @Test
  void rowsInAFileComeOutAsTheyWentIn(@TempDir Path folder) throws IOException {
    float[][][] columns = columns(Seed.random("blocks in a file"));
    Block block = Data.block(SPECS, columns);
    List<Block> parts = List.of(block.slice(0, 4), block.slice(4, 5), block.slice(5, ROWS));
    Path file = folder.resolve("rows");
    Shard shard = Shard.stored(parts.iterator(), file);
    assertThat(file).doesNotExist();
    assertThat(shard.rows()).isEqualTo(ROWS);
    assertRows(shard, columns, 0, 1, 2, 10, 4, 4, 3);
    long far = 5_000_000_000L;
    Shard there = Shard.stored(List.of(block.at(far)).iterator(), file);
    assertRows(there, columns, far + 10, far, far + 5);
    assertThat(Shard.stored(Collections.emptyIterator(), file).rows()).isZero();
    assertThatThrownBy(
            () -> Shard.stored(List.of(block.slice(0, 4), block.slice(5, ROWS)).iterator(), file))
        .hasMessage("a block begins at row 5, expected row 4");
    assertThat(file).doesNotExist();
  }

  /** Else as many as the heap has no room for would fill it. */
  @Test
  void rowsInAFileAreNotHeldInTheHeap(@TempDir Path folder) throws IOException {
    Block block = Data.block(SPECS, columns(Seed.random("blocks that go")));
    List<WeakReference<Column>> stored = new ArrayList<>();
    Iterator<Block> blocks =
        Stream.of(0, 1, 2)
            .map(
                i -> {
                  Block next = block.select(new int[] {0, 1}).at(2 * i);
                  stored.add(new WeakReference<>(next.column(0)));
                  stored.add(new WeakReference<>(next.column(1)));
                  return next;
                })
            .iterator();
    Shard shard = Shard.stored(blocks, folder.resolve("rows"));
    for (int i = 0; i < 50 && stored.stream().anyMatch(c -> c.get() != null); i++) {
      System.gc();
    }
    assertThat(stored).allMatch(reference -> reference.get() == null);
    assertThat(shard.rows()).isEqualTo(6);
  }

  @Test
  void rowsComeOutAsTheyWentInWhateverTheOrder() {
    float[][][] columns = columns(Seed.random("blocks"));
    Block block = Data.block(SPECS, columns);
    assertThat(block.rows()).isEqualTo(ROWS);
    assertRows(new Shard(List.of(block)), columns, 0, 1, 2, 10, 4, 4, 3);
    long far = 5_000_000_000L;
    assertRows(new Shard(List.of(block.at(far))), columns, far + 10, far, far + 5);
  }

  @Test
  void slicesOfABlockMakeTheSameShard() {
    float[][][] columns = columns(Seed.random("slices"));
    Block block = Data.block(SPECS, columns);
    Shard shard =
        new Shard(
            List.of(block.slice(0, 4), block.slice(4, 4), block.slice(4, 5), block.slice(5, ROWS)));
    assertThat(shard.rows()).isEqualTo(ROWS);
    assertRows(shard, columns, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    assertThat(block.slice(0, ROWS)).isSameAs(block);
  }

  @Test
  void checksumIsThatOfTheContentAlone() {
    float[][][] columns = columns(Seed.random("checksums"));
    Block block = Data.block(SPECS, columns);
    assertThat(Data.block(SPECS, columns).checksum()).isEqualTo(block.checksum());
    assertThat(block.at(77).checksum()).isEqualTo(block.checksum());
    assertThat(block.slice(2, 9).slice(1, 3).checksum())
        .isEqualTo(block.slice(3, 5).checksum())
        .isNotEqualTo(block.slice(4, 6).checksum());
    for (int c = 0; c < columns.length; c++) {
      float[][][] other = new float[3][][];
      for (int i = 0; i < 3; i++) {
        other[i] = Arrays.stream(columns[i]).map(float[]::clone).toArray(float[][]::new);
      }
      other[c][6][0] += 1; // one element of one column
      assertThat(Data.block(SPECS, other).checksum()).isNotEqualTo(block.checksum());
    }
  }

  @Test
  void checksumSeesAnElementThatMovesToAnotherColumnOrRow() {
    List<ColumnSpec> sparse = List.of(new ColumnSpec("sparse", 5, true));
    long first = Data.block(sparse, new float[][] {{1, 0, 0, 0, 0}, {0, 0, 0, 0, 0}}).checksum();
    assertThat(Data.block(sparse, new float[][] {{0, 1, 0, 0, 0}, {0, 0, 0, 0, 0}}).checksum())
        .isNotEqualTo(first);
    assertThat(Data.block(sparse, new float[][] {{0, 0, 0, 0, 0}, {1, 0, 0, 0, 0}}).checksum())
        .isNotEqualTo(first);
  }

  /** The checksum is computed by chunks of 16,384 numbers: none may be left out. */
  @Test
  void checksumReachesTheLastOfManyNumbers() {
    List<ColumnSpec> specs = List.of(ColumnSpec.dense("dense", 1000));
    float[][] rows = new float[50][1000];
    long before = Data.block(specs, rows).checksum();
    for (int at : new int[] {16_383, 16_384, 32_768, 49_999}) {
      rows[at / 1000][at % 1000] = 1;
      assertThat(Data.block(specs, rows).checksum()).as("element %d", at).isNotEqualTo(before);
      rows[at / 1000][at % 1000] = 0;
    }
  }

  @Test
  void builderStartsTheNextBlockWhereTheLastEnded() {
    BlockBuilder builder = new BlockBuilder(SPECS.subList(2, 3));
    for (int row = 0; row < 5; row++) {
      builder.denseTarget(0)[builder.denseOffset(0)] = row;
      builder.endRow();
      if (row == 2) {
        assertThat(builder.rows()).isEqualTo(3);
        assertThat(builder.build().firstRow()).isZero();
      }
    }
    Block second = builder.build();
    assertThat(second.firstRow()).isEqualTo(3);
    assertThat(second.rows()).isEqualTo(2);
    assertThat(builder.rows()).isZero();
    assertThat(builder.build().rows()).isZero();
  }

  @Test
  void builderIsFullAtItsLimitOfBytes() {
    int width = 1 << 16;
    BlockBuilder dense = new BlockBuilder(List.of(ColumnSpec.dense("dense", width)));
    int rows = 0;
    while (!dense.isFull()) {
      dense.denseTarget(0);
      dense.endRow();
      rows++;
    }
    assertThat((long) rows * width * Float.BYTES)
        .isBetween(BlockBuilder.MAX_BYTES - (long) width * Float.BYTES, BlockBuilder.MAX_BYTES);
    BlockBuilder sparse = new BlockBuilder(List.of(new ColumnSpec("sparse", width, true)));
    int[] indices = new int[1 << 14];
    double[] elements = new double[1 << 14];
    rows = 0;
    while (!sparse.isFull()) {
      sparse.addSparse(0, indices, elements);
      sparse.endRow();
      rows++;
    }
    assertThat(rows)
        .isEqualTo((int) (BlockBuilder.MAX_BYTES >> 17)); // of 128 KiB each: index and value
  }

  /** Else each block would end with a small product of matrices. */
  @Test
  void blocksOfManyRowsAreWholeBatches() {
    BlockBuilder builder = new BlockBuilder(List.of(ColumnSpec.dense("dense", 784)));
    while (!builder.isFull()) {
      builder.denseTarget(0);
      builder.endRow();
    }
    assertThat(builder.rows()).isEqualTo(BatchSize.ROWS);
  }

  @Test
  void shardRefusesGapsAndOverlaps() {
    Block block = Data.block(SPECS, columns(Seed.random("gaps")));
    assertThatThrownBy(() -> new Shard(List.of(block, block.at(ROWS + 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a block begins at row 12, expected row 11");
    assertThatThrownBy(() -> new Shard(List.of(block.at(3), block.at(3))))
        .hasMessage("a block begins at row 3, expected row 14");
    Shard shard = new Shard(List.of(block.at(3), block.at(3 + ROWS)));
    assertThat(shard.firstRow()).isEqualTo(3);
    assertThat(shard.rows()).isEqualTo(2L * ROWS);
    assertThat(new Shard(List.of()).rows()).isZero();
  }
}
