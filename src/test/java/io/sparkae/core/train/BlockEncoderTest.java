package io.sparkae.core.train;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.linalg.Blas;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockEncoderTest {
  private static final int ROWS = 301;
  private static final ColumnSpec LABEL = ColumnSpec.dense("label", 1);

  /** A product of matrices that keeps how many rows it was of. */
  private record Product(int inputs, int width, boolean sparse, float[] weights, Set<Integer> runs)
      implements RowProgram {
    @Override
    public Batch open(int capacity) {
      Minibatch minibatch =
          new Minibatch(List.of(new ColumnSpec(ColumnSpec.FEATURES, inputs, sparse)), capacity);
      float[] x = minibatch.column(0).values(); // dense from now on
      float[] values = new float[capacity * width];
      return RowProgram.batch(minibatch, () -> multiply(minibatch.rows(), x, values), () -> values);
    }

    private void multiply(int rows, float[] x, float[] values) {
      runs.add(rows);
      Blas.multiply(
          false, false, rows, width, inputs, x, 0, inputs, weights, 0, width, 0, values, 0, width);
    }
  }

  /** However few rows a block has, the product is of as many, each in its place. */
  @ParameterizedTest
  @CsvSource({
    "64, 48, false",
    "64, 48, true",
    "5, 3, false",
    "900, 800, false",
    "100000, 2, false",
  })
  void sameBitsHoweverRowsAreCut(int inputs, int width, boolean sparse) {
    Random random = Seed.random("rows of blocks");
    int count = inputs > 1000 ? 60 : ROWS;
    float[][] rows = Data.uniform(random, count, inputs);
    float[][] labels = Data.uniform(random, count, 1);
    float[] weights = Data.uniform(random, 1, inputs * width)[0];
    List<ColumnSpec> specs = List.of(new ColumnSpec(ColumnSpec.FEATURES, inputs, sparse), LABEL);
    Block whole = Data.block(specs, new float[][][] {rows, labels});
    Set<Integer> runs = new TreeSet<>();
    Product product = new Product(inputs, width, sparse, weights, runs);
    float[] expected = encoded(product, whole, count);
    for (int i = 0; i < count; i += 7) {
      for (int j = 0; j < width; j++) {
        double sum = 0;
        for (int k = 0; k < inputs; k++) {
          sum += (double) rows[i][k] * weights[k * width + j];
        }
        assertThat(expected[i * width + j] / sum).isCloseTo(1, within(1e-5));
      }
    }
    for (int cut : new int[] {1, 2, 7, 43, 100, 150}) {
      assertSameBits("in blocks of " + cut, encoded(product, whole, cut), expected);
    }
    assertThat(runs).hasSize(1).allMatch(most -> most % 48 == 0);
  }

  /** What comes out of blocks of so many rows, whose labels and places stay. */
  private static float[] encoded(RowProgram program, Block whole, int cut) {
    BlockEncoder encoder = new BlockEncoder(program);
    int width = program.width();
    float[] values = new float[whole.rows() * width];
    int done = 0;
    for (int start = 0; start < whole.rows(); start += cut) {
      Block block = whole.slice(start, Math.min(whole.rows(), start + cut));
      for (Block part : encoder.encode(block)) {
        assertThat(part.firstRow()).isEqualTo(done);
        Minibatch out =
            new Minibatch(
                List.of(ColumnSpec.dense(ColumnSpec.FEATURES, width), LABEL), part.rows());
        Minibatch source = new Minibatch(List.of(LABEL), part.rows());
        for (int row = 0; row < part.rows(); row++) {
          part.column(0).copyRow(row, out.column(0), row);
          part.column(1).copyRow(row, out.column(1), row);
          whole.column(1).copyRow(done + row, source.column(0), row);
        }
        assertThat(out.column(1).values()).containsExactly(source.column(0).values());
        System.arraycopy(out.column(0).values(), 0, values, done * width, part.rows() * width);
        done += part.rows();
      }
    }
    assertThat(done).isEqualTo(whole.rows());
    return values;
  }
}
