package io.sparkae.spark;

import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.train.Averaging;
import io.sparkae.core.train.Block;
import io.sparkae.core.train.BlockBuilder;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.data.LocalSpark;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardPackerTest {
  private static final int WIDTH = 5;

  private static List<InputColumn> columns(int width, boolean sparse) {
    return List.of(InputColumn.of("features", new ColumnSpec(ColumnSpec.FEATURES, width, sparse)));
  }

  private static TrainingPlan plan(long rows, int replicas) {
    TrainingSettings settings =
        new TrainingSettings(
            TrainingSettings.DEFAULT.optimizer(),
            Map.of(),
            8,
            1,
            Averaging.LOCAL,
            replicas,
            1,
            0,
            1);
    return TrainingPlan.of(settings, rows, 1, 1, false);
  }

  @ParameterizedTest(name = "{0} rows in {1} partitions to {2} replicas, sparse {3}")
  @CsvSource({
    "40, 1, 1, false",
    "40, 1, 3, false",
    "40, 3, 3, true",
    "41, 8, 3, false",
    "41, 3, 8, true",
    "5, 8, 2, false",
    "5, 8, 7, true",
    "1, 4, 3, false"
  })
  void dealsRowsOutEvenlyAndInOrderWhateverThePartitions(
      int rows, int partitions, int replicas, boolean sparse) {
    float[][] table = Tables.sparse(9, rows, WIDTH, 0.5);
    Block all = Tables.block(table, sparse);
    TrainingPlan plan = plan(rows, replicas);
    Shards shards;
    try (ShardPacker packer =
        new ShardPacker(
            Tables.vectors(table, partitions), columns(WIDTH, sparse), HandleInvalid.ERROR)) {
      assertThat(packer.packed().rows()).isEqualTo(rows);
      shards = packer.packed().deal("rows", plan.replicaStarts(packer.packed().rows()), null);
    }
    assertThat(shards.infos()).hasSize(replicas);
    List<List<Block>> dealt = shards.rdd().glom().collect();
    shards.rdd().unpersist(true);
    long next = 0;
    for (int r = 0; r < replicas; r++) {
      assertThat(shards.infos().get(r).rows())
          .isBetween(rows / replicas * 1L, rows / replicas + 1L);
      for (Block block : dealt.get(r)) {
        assertThat(block.firstRow()).isEqualTo(next);
        next += block.rows();
        assertThat(block.checksum())
            .isEqualTo(all.slice((int) block.firstRow(), (int) next).checksum());
      }
      assertThat(next).isEqualTo(plan.firstRow(r + 1));
    }
    assertThat(next).isEqualTo(rows);
  }

  /** Rows of a sixteenth of a block. */
  @Test
  void partitionOfMoreThanABlockIsCutIntoBlocks() {
    int width = (int) (BlockBuilder.MAX_BYTES / Float.BYTES / 16);
    Dataset<Row> table =
        LocalSpark.session()
            .createDataFrame(
                JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext())
                    .parallelize(IntStream.range(0, 20).boxed().toList(), 1)
                    .map(
                        i ->
                            RowFactory.create(
                                Vectors.sparse(width, new int[] {i}, new double[] {i + 1}))),
                Tables.schema("features", SQLDataTypes.VectorType()));
    try (ShardPacker packer = new ShardPacker(table, columns(width, false), HandleInvalid.ERROR)) {
      assertThat(packer.packed().rows()).isEqualTo(20);
      Shards shards =
          packer.packed().deal("rows", plan(20, 2).replicaStarts(packer.packed().rows()), null);
      List<List<List<Long>>> rows =
          shards
              .rdd()
              .map(block -> List.of(block.firstRow(), (long) block.rows()))
              .glom()
              .collect();
      shards.rdd().unpersist(true);
      assertThat(rows)
          .containsExactly(List.of(List.of(0L, 10L)), List.of(List.of(10L, 5L), List.of(15L, 5L)));
    }
  }

  /** Each of a fifth of a block, one in seven invalid, one in three marked, of others null. */
  @ParameterizedTest(name = "{0} partitions, sparse {1}")
  @CsvSource({"1, false", "3, false", "30, false", "3, true"})
  void markedRowsAndTheOthersArePackedAsIfTheyWereAlone(int partitions, boolean sparse) {
    int width = (int) (BlockBuilder.MAX_BYTES / Float.BYTES / 5);
    List<Row> rows =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    RowFactory.create(
                        Vectors.sparse(
                            width, new int[] {i}, new double[] {i % 7 == 3 ? Double.NaN : i + 1}),
                        i % 3 == 0 ? Boolean.TRUE : i % 3 == 1 ? Boolean.FALSE : null))
            .toList();
    Dataset<Row> table =
        Tables.table(
            LocalSpark.session(),
            rows,
            Tables.schema("features", SQLDataTypes.VectorType())
                .add("marked", DataTypes.BooleanType),
            partitions);
    List<InputColumn> columns = columns(width, sparse);
    Column marked = functions.col("marked");
    try (ShardPacker both = new ShardPacker(table, marked, columns, HandleInvalid.SKIP);
        ShardPacker alone = new ShardPacker(table.filter("marked"), columns, HandleInvalid.SKIP);
        ShardPacker others =
            new ShardPacker(
                table.filter("marked is null or not marked"), columns, HandleInvalid.SKIP)) {
      assertThat(both.marked().rows()).isEqualTo(14);
      assertSame(both.marked(), alone.packed());
      assertThat(both.packed().rows()).isEqualTo(29);
      assertSame(both.packed(), others.packed());
    }
  }

  private static void assertSame(PackedRows packed, PackedRows expected) {
    assertThat(packed.skipped()).isEqualTo(expected.skipped());
    assertThat(described(packed)).containsExactlyElementsOf(described(expected));
  }

  /** Place, rows and checksum of each block, by replica. */
  private static List<List<List<Long>>> described(PackedRows packed) {
    Shards shards = packed.deal("rows", plan(packed.rows(), 2).replicaStarts(packed.rows()), null);
    List<List<List<Long>>> blocks =
        shards
            .rdd()
            .map(block -> List.of(block.firstRow(), (long) block.rows(), block.checksum()))
            .glom()
            .collect();
    shards.rdd().unpersist(true);
    return blocks;
  }

  @Test
  void invalidRowLeavesNothingPersisted() {
    Set<Object> before = PersistentRdds.ids();
    float[][] rows = Tables.lowRank(1, 10, WIDTH);
    rows[3][1] = Float.NaN;
    rootCauseOf(
            () ->
                new ShardPacker(
                    Tables.vectors(rows, 2), columns(WIDTH, false), HandleInvalid.ERROR))
        .isInstanceOf(InvalidRowException.class);
    assertThat(PersistentRdds.ids()).isEqualTo(before);
  }
}
