package io.sparkae.ml;

import static io.sparkae.ml.GreedyStackTest.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.train.RowProgram;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.NothingStaysInMemory;
import io.sparkae.spark.Tables;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Codes of a trained layer are computed once, however often they are trained on. */
@ExtendWith(NothingStaysInMemory.class)
class CodesOfLayersTest {
  private static final int ROWS = 120;
  private static final Dataset<Row> TABLE = Tables.vectors(Tables.lowRank(3, ROWS, 8), 3);

  /** Rows that were computed, by the width of what a layer reads; of the tasks in this JVM. */
  private static final Map<Integer, Long> COMPUTED = new ConcurrentHashMap<>();

  @BeforeEach
  void forget() {
    COMPUTED.clear();
  }

  /** Counts the rows that it computes, each once in a batch. */
  private record Counting(RowProgram inner) implements RowProgram {
    @Override
    public int inputs() {
      return inner.inputs();
    }

    @Override
    public int width() {
      return inner.width();
    }

    @Override
    public Batch open(int capacity) {
      Batch batch = inner.open(capacity);
      return RowProgram.batch(
          batch.minibatch(),
          () -> {
            Minibatch minibatch = batch.minibatch();
            long rows =
                Arrays.stream(minibatch.rowIndices(), 0, minibatch.rows()).distinct().count();
            COMPUTED.merge(inputs(), rows, Long::sum);
            batch.run();
          },
          batch::values);
    }
  }

  /** A layer whose codes are counted. */
  private record CountedLayer(LayerPlan inner) implements LayerPlan {
    @Override
    public Objective objective() {
      return inner.objective();
    }

    @Override
    public TrainingSettings settings() {
      return inner.settings();
    }

    @Override
    public RowProgram program(float[] trained) {
      return new Counting(inner.program(trained));
    }

    @Override
    public void unroll(float[] trained, AutoencoderNetwork net, int layer, float[] weights) {
      inner.unroll(trained, net, layer, weights);
    }
  }

  /** Trains as a stack of the same Params does. */
  private static final class CountedStack extends GreedyStack<CountedStack> {
    private static final long serialVersionUID = 1L;

    private final StackedAutoencoder counted;

    CountedStack(StackedAutoencoder counted) {
      super("countedStack");
      this.counted = counted;
    }

    @Override
    LayerPlan plan(AutoencoderSettings net, int layer, int inputs, boolean sparse) {
      return new CountedLayer(counted.plan(net, layer, inputs, sparse));
    }

    @Override
    OptimizerSettings layerRule() {
      return counted.layerRule();
    }

    @Override
    InputColumn readable(InputColumn features, AutoencoderSettings net) {
      return counted.readable(features, net);
    }
  }

  private static <S extends GreedyStack<S>> S deep(S stack) {
    return small(stack).setHiddenLayers(new int[] {6, 5}).setLayerEpochs(new int[] {3, 4, 5});
  }

  private static CountedStack counted() {
    return deep(new CountedStack(deep(new StackedAutoencoder())));
  }

  @Test
  void ofAllRowsOnce() {
    AutoencoderModel model = counted().fit(TABLE);
    assertThat(COMPUTED).containsOnly(entry(8, (long) ROWS), entry(6, (long) ROWS));
    assertThat(model.parameters())
        .containsExactly(deep(new StackedAutoencoder()).fit(TABLE).parameters());
  }

  @Test
  void ofRowsThatAreHeldBackAtRandomOnceToo() {
    counted().setValidationFraction(0.25).fit(TABLE);
    assertThat(COMPUTED).containsOnly(entry(8, (long) ROWS), entry(6, (long) ROWS));
  }

  @Test
  void ofMarkedRowsNotAtAllSinceNoLayerValidatesOnThem() {
    Dataset<Row> marked =
        TABLE.withColumn("held", functions.monotonically_increasing_id().mod(4).equalTo(0));
    counted().setValidationIndicatorCol("held").fit(marked);
    long training = marked.filter("not held").count();
    assertThat(training).isEqualTo(ROWS * 3 / 4);
    assertThat(COMPUTED).containsOnly(entry(8, training), entry(6, training));
  }
}
