package io.sparkae.spark;

import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.train.Averaging;
import io.sparkae.core.train.Block;
import io.sparkae.core.train.TrainingCheckpoints;
import io.sparkae.core.train.TrainingException;
import io.sparkae.core.train.TrainingListener;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.ml.Autoencoder;
import io.sparkae.ml.EncoderProgram;
import io.sparkae.ml.TrainingSummary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shards that are lost are computed again; a source that then gives other rows is noticed. */
class ChangingSourceTest {
  private static final int WIDTH = 6;
  private static final float[][] ROWS = Tables.lowRank(6, 90, WIDTH);
  private static final AtomicInteger COMPUTATIONS = new AtomicInteger();

  private final Set<Object> before = PersistentRdds.ids();

  /** How the rows of a partition change each time that it is computed. */
  private enum Change {
    ORDER,
    VALUES,
    FEWER_ROWS,
    NO_ROWS;

    List<Row> apply(List<Row> rows, int computation) {
      switch (this) {
        case ORDER -> Collections.rotate(rows, computation);
        case VALUES -> rows.set(0, rows.get(1 + computation));
        case FEWER_ROWS -> rows.subList(0, computation).clear();
        case NO_ROWS -> rows.subList(0, computation == 0 ? 0 : rows.size()).clear();
      }
      return rows;
    }
  }

  @BeforeEach
  void startCountingAnew() {
    COMPUTATIONS.set(0);
  }

  private static Dataset<Row> changing(Change change) {
    return changing(Tables.vectors(ROWS, 1), change);
  }

  private static Dataset<Row> changing(Dataset<Row> table, Change change) {
    return table.mapPartitions(
        (MapPartitionsFunction<Row, Row>)
            rows -> change.apply(list(rows), COMPUTATIONS.getAndIncrement()).iterator(),
        Encoders.row(table.schema()));
  }

  private static List<Row> list(Iterator<Row> rows) {
    List<Row> list = new ArrayList<>();
    rows.forEachRemaining(list::add);
    return list;
  }

  private static final List<InputColumn> COLUMNS =
      List.of(InputColumn.of("features", ColumnSpec.dense(ColumnSpec.FEATURES, WIDTH)));

  /** Of about a third of the rows, by their places. */
  private static final Column MARKED = functions.rand(7).lt(0.3);

  private static final TrainingSettings SETTINGS =
      new TrainingSettings(
          TrainingSettings.DEFAULT.optimizer(), Map.of(), 10, 2, Averaging.LOCAL, 2, 1, 4, 1);

  private static float[] train(Dataset<Row> table, TrainingListener listener) {
    return Trainings.train(
            new AutoencoderObjective(
                new AutoencoderNetwork(WIDTH, AutoencoderSettings.DEFAULT), false),
            SETTINGS,
            table,
            listener,
            TrainingCheckpoints.NONE)
        .state()
        .parameters();
  }

  /** Loses all that is cached after the second round. */
  private final class Loss implements TrainingListener {
    private int rounds;

    @Override
    public void onRound(RoundEvent event) {
      rounds++;
      if (rounds == 2) {
        assertThat(PersistentRdds.ids()).hasSize(before.size() + 1);
        PersistentRdds.release(before);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsThatComeBackDifferentStopTheRun(Change change) {
    rootCauseOf(() -> train(changing(change), new Loss()))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "the rows of partition 0 came back different when Spark computed them again: write the"
                + " input to a file, or sort it, before training on it");
    assertThat(COMPUTATIONS.get()).isGreaterThan(1);
    assertThat(PersistentRdds.ids()).isEqualTo(before);
  }

  @Test
  void rowsThatComeBackTheSameTrainTheSameModel() {
    Loss loss = new Loss();
    assertThat(train(Tables.vectors(ROWS, 1), loss))
        .containsExactly(train(Tables.vectors(ROWS, 1), TrainingListener.NONE));
    assertThat(loss.rounds).isGreaterThan(2);
  }

  @Test
  void rowsOfAChangingOrderThatAreSortedWithinPartitionsTrainTheSameModel() {
    Dataset<Row> numbered =
        Tables.vectors(ROWS, 1).withColumn("number", functions.monotonically_increasing_id());
    Loss loss = new Loss();
    assertThat(train(changing(numbered, Change.ORDER).sortWithinPartitions("number"), loss))
        .containsExactly(train(Tables.vectors(ROWS, 1), TrainingListener.NONE));
    assertThat(loss.rounds).isGreaterThan(2);
    assertThat(COMPUTATIONS.get()).isGreaterThan(1);
  }

  @ParameterizedTest
  @EnumSource
  void rowsThatChangeBeforeTheyAreDealtOutStopTheRun(Change change) {
    TrainingPlan plan = TrainingPlan.of(SETTINGS, ROWS.length, 1, 1, false);
    assertStops(change, packed -> packed.deal("rows", plan.replicaStarts(packed.rows()), null));
  }

  /** Else rows would be in both parts, or in none. */
  @ParameterizedTest
  @EnumSource
  void rowsThatChangeBeforeSomeAreHeldBackStopTheRun(Change change) {
    assertStops(change, packed -> packed.select(1, 10, true));
  }

  /** Marks, by their places, so many rows, and so many more each time that they are computed. */
  private static Dataset<Row> marking(int first, int more) {
    Dataset<Row> table = Tables.vectors(ROWS, 1).withColumn("held", functions.lit(false));
    return table.mapPartitions(
        (MapPartitionsFunction<Row, Row>)
            rows -> {
              List<Row> list = list(rows);
              list.subList(0, first + more * COMPUTATIONS.getAndIncrement())
                  .replaceAll(row -> RowFactory.create(row.<Vector>getAs(0), true));
              return list.iterator();
            },
        Encoders.row(table.schema()));
  }

  @Test
  void rowsThatAreMarkedAnewEachTimeAreInOneOfBothParts() {
    TrainingSummary summary =
        new Autoencoder()
            .setCodeSize(2)
            .setEpochs(1)
            .setValidationIndicatorCol("held")
            .fit(marking(10, 10))
            .summary()
            .orElseThrow();
    assertThat(summary.rows() + summary.validationRows()).isEqualTo(ROWS.length);
    assertThat(PersistentRdds.ids()).isEqualTo(before);
  }

  @Test
  void rowsOfAnotherOrderEachTimeThatAreMarkedByTheirPlacesAreInOneOfBothParts() {
    try (TrainingRows rows =
        TrainingRows.pack(changing(Change.ORDER), MARKED, COLUMNS, HandleInvalid.ERROR)) {
      assertThat(rows.validation(1).rows()).isBetween(10L, 60L);
      assertThat(Stream.of(rows.training(1), rows.validation(1)).flatMap(this::checksums))
          .hasSize(ROWS.length)
          .doesNotHaveDuplicates();
    }
    assertThat(PersistentRdds.ids()).isEqualTo(before);
  }

  /** The checksum of each row. */
  private Stream<Long> checksums(PackedRows packed) {
    Shards shards = packed.deal("rows", new long[] {0, packed.rows()}, null);
    List<Block> blocks = shards.rdd().collect();
    shards.rdd().unpersist(true);
    return blocks.stream()
        .flatMap(
            block ->
                IntStream.range(0, block.rows())
                    .mapToObj(row -> block.slice(row, row + 1).checksum()));
  }

  @ParameterizedTest
  @EnumSource
  void rowsThatChangeBeforeTheUnmarkedAreDealtOutStopTheRun(Change change) {
    assertStops(changing(change), MARKED, packer -> deal(packer.packed()));
  }

  @ParameterizedTest
  @EnumSource
  void rowsThatChangeBeforeTheMarkedAreDealtOutStopTheRun(Change change) {
    assertStops(changing(change), MARKED, packer -> deal(packer.marked()));
  }

  @Test
  void sameRowsThatAreMarkedNowStopTheRun() {
    assertStops(marking(0, ROWS.length), functions.col("held"), packer -> deal(packer.packed()));
  }

  private static void deal(PackedRows packed) {
    packed.deal("rows", new long[] {0, packed.rows()}, null);
  }

  /** Else the layers of a stack would be trained on the codes of other rows. */
  @ParameterizedTest
  @EnumSource
  void rowsThatChangeBeforeTheyAreEncodedStopTheRun(Change change) {
    AutoencoderNetwork network = new AutoencoderNetwork(WIDTH, AutoencoderSettings.DEFAULT);
    EncoderProgram program = new EncoderProgram(network, false, new float[network.encoderEnd()]);
    assertStops(change, packed -> packed.encoded(program).count());
  }

  private void assertStops(Change change, Consumer<PackedRows> use) {
    assertStops(changing(change), null, packer -> use.accept(packer.packed()));
  }

  private void assertStops(Dataset<Row> table, Column marked, Consumer<ShardPacker> use) {
    ShardPacker packer = new ShardPacker(table, marked, COLUMNS, HandleInvalid.ERROR);
    packer.close(); // loses the packed rows
    rootCauseOf(() -> use.accept(packer))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("the rows of partition 0 came back different")
        .hasMessageContaining("write the input to a file");
    assertThat(PersistentRdds.ids()).isEqualTo(before);
  }
}
