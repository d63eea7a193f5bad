package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.data.LocalSpark;
import io.sparkae.spark.Tables;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Codes that are made of others, and what decoders make of columns of codes. */
class CodeSpaceTest {
  private static final Vector A = Vectors.dense(3, 0);
  private static final Vector B = Vectors.dense(0, 1);

  @Test
  void lineGoesStraightAndArcKeepsTheAngleEven() {
    assertThat(CodeSpace.line(A, B, 4))
        .containsExactly(A, Vectors.dense(2, 1.0 / 3), Vectors.dense(1, 2.0 / 3), B);
    List<Vector> arc = CodeSpace.arc(Vectors.dense(2, 0), Vectors.dense(0, 2), 3);
    assertThat(arc.get(1).toArray())
        .containsExactly(new double[] {Math.sqrt(2), Math.sqrt(2)}, within(1e-12));
    assertThat(CodeSpace.arc(A, Vectors.dense(-1, 0), 3))
        .isEqualTo(CodeSpace.line(A, Vectors.dense(-1, 0), 3));
    assertThat(CodeSpace.arc(A, A, 3)).containsOnly(A);
    assertThat(catchThrowable(() -> CodeSpace.line(A, B, 1)))
        .hasMessage("steps must be a whole number of at least 2, not 1");
    assertThat(catchThrowable(() -> CodeSpace.mean(A, Vectors.dense(1))))
        .hasMessage("the size of a code must be 2, not 1");
  }

  @Test
  void analogyAndMean() {
    assertThat(CodeSpace.analogy(A, B, Vectors.dense(1, 1))).isEqualTo(Vectors.dense(4, 0));
    assertThat(CodeSpace.mean(A, B)).isEqualTo(Vectors.dense(1.5, 0.5));
  }

  @Test
  void gridHasTheSameProbabilityInEachCell() {
    List<Vector> grid = CodeSpace.grid(3);
    NormalDistribution normal = new NormalDistribution();
    assertThat(grid).hasSize(9);
    assertThat(normal.cumulativeProbability(grid.get(0).apply(0))).isCloseTo(1 / 6.0, within(1e-9));
    assertThat(normal.cumulativeProbability(grid.get(0).apply(1))).isCloseTo(5 / 6.0, within(1e-9));
    assertThat(grid.get(4).toArray()).containsExactly(new double[2], within(1e-12));
  }

  @Test
  void priorIsTheSameInAnyNumberOfPartitions() {
    Dataset<Row> codes = CodeSpace.prior(LocalSpark.session(), 2000, 3, 7);
    List<Row> rows = codes.orderBy("id").collectAsList();
    assertThat(CodeSpace.prior(LocalSpark.session(), 500, 3, 7).orderBy("id").collectAsList())
        .isEqualTo(rows.subList(0, 500));
    double[] sums = new double[2];
    for (Row row : rows) {
      for (double z : row.<Vector>getAs("code").toArray()) {
        sums[0] += z / 6000;
        sums[1] += z * z / 6000;
      }
    }
    assertThat(sums[0]).isCloseTo(0, within(0.05));
    assertThat(sums[1]).isCloseTo(1, within(0.06));
  }

  @Test
  void normalLikeHasTheMomentsOfTheCodes() {
    Dataset<Row> table = Tables.vectors(Tables.lowRank(5, 400, 3), 2);
    Dataset<Row> drawn = CodeSpace.normalLike(table, "features", 20_000, 3);
    double[][] expected = moments(Easy.arrays(table, "features"));
    double[][] actual = moments(Easy.arrays(drawn, "code"));
    for (int i = 0; i < 4; i++) {
      assertThat(actual[i]).containsExactly(expected[i], within(0.01));
    }
  }

  /** The means, then the rows of the covariance. */
  private static double[][] moments(List<double[]> rows) {
    double[][] moments = new double[4][3];
    for (double[] row : rows) {
      for (int i = 0; i < 3; i++) {
        moments[0][i] += row[i] / rows.size();
      }
    }
    for (double[] row : rows) {
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          moments[i + 1][j] += (row[i] - moments[0][i]) * (row[j] - moments[0][j]) / rows.size();
        }
      }
    }
    return moments;
  }

  @Test
  void columnsOfCodesAreDecoded() {
    Dataset<Row> table = Tables.vectors(Tables.lowRank(3, 40, 8), 2);
    AutoencoderModel model = Easy.autoencoder().fit(table);
    Dataset<Row> coded =
        model.setOutputCol("code").setReconstructionCol("reconstruction").transform(table);
    List<Row> rows = model.decode(coded, "code", "decoded").collectAsList();
    for (Row row : rows) {
      assertThat(row.<Vector>getAs("decoded").toArray())
          .containsExactly(row.<Vector>getAs("reconstruction").toArray(), within(1e-6));
    }
    assertThat(catchThrowable(() -> model.decode(coded, "none", "decoded")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("codeCol none ");
    assertThat(catchThrowable(() -> model.decode(coded, "code", "code")))
        .hasMessage("outputCol code is already a column: name another");
  }
}
