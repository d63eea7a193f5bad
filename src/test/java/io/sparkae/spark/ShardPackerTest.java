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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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
            "rows",
            Tables.vectors(table, partitions),
            columns(WIDTH, sparse),
            HandleInvalid.ERROR)) {
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
    try (ShardPacker packer =
        new ShardPacker("rows", table, columns(width, false), HandleInvalid.ERROR)) {
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

  @Test
  void invalidRowLeavesNothingPersisted() {
    Set<Object> before = PersistentRdds.ids();
    float[][] rows = Tables.lowRank(1, 10, WIDTH);
    rows[3][1] = Float.NaN;
    rootCauseOf(
            () ->
                new ShardPacker(
                    "rows", Tables.vectors(rows, 2), columns(WIDTH, false), HandleInvalid.ERROR))
        .isInstanceOf(InvalidRowException.class);
    assertThat(PersistentRdds.ids()).isEqualTo(before);
  }
}
