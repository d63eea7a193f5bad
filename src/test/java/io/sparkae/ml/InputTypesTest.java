package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.graph.LossKind;
import io.sparkae.spark.Tables;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One model whatever the type, the name and the partitions of the features. */
class InputTypesTest {
  private static final float[][] ROWS = Tables.sparse(3, 90, 8, 0.4);
  private static final LossKind LOSS = LossKind.SQUARED_ERROR;
  private static final Dataset<Row> VECTORS = Tables.vectors(ROWS, 2);
  private static final float[] EXPECTED = Easy.autoencoder().fit(VECTORS).parameters();

  private static void assertSameModel(Dataset<Row> table, String column) {
    AutoencoderModel model = Easy.autoencoder().setFeaturesCol(column).fit(table);
    assertThat(model.parameters()).containsExactly(EXPECTED);
    assertThat(
            Easy.arrays(model.setOutputCol("code").transform(table), "code").stream()
                .map(Arrays::toString))
        .containsExactlyElementsOf(
            Easy.arrays(
                    model
                        .setFeaturesCol("features")
                        .transform(Tables.vectors(ROWS, table.toJavaRDD().getNumPartitions())),
                    "code")
                .stream()
                .map(Arrays::toString)
                .toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 100})
  void anyNumberOfPartitionsGivesTheModelOfTwo(int partitions) {
    assertSameModel(Tables.vectors(ROWS, partitions), "features");
  }

  @Test
  void emptyPartitionsBetweenOthersGiveTheSameModel() {
    Dataset<Row> none = VECTORS.filter("false");
    assertSameModel(
        none.union(Tables.vectors(Arrays.copyOf(ROWS, 30), 1))
            .union(none)
            .union(Tables.vectors(Arrays.copyOfRange(ROWS, 30, 90), 2)),
        "features");
  }

  @Test
  void sparseVectorsGiveTheModelOfDenseOnes() {
    assertSameModel(
        Tables.column(
            "features", SQLDataTypes.VectorType(), ROWS, 3, r -> Tables.vector(r).toSparse()),
        "features");
  }

  @Test
  void arraysOfFloatsAndOfDoublesGiveTheModelOfVectors() {
    assertSameModel(
        Tables.column(
            "x", DataTypes.createArrayType(DataTypes.FloatType), ROWS, 3, InputTypesTest::floats),
        "x");
    assertSameModel(
        Tables.column(
            "x",
            DataTypes.createArrayType(DataTypes.DoubleType, false),
            ROWS,
            2,
            r -> Arrays.stream(Tables.doubles(r)).boxed().toList()),
        "x");
  }

  private static List<Float> floats(float[] row) {
    return Arrays.stream(Tables.doubles(row)).mapToObj(x -> (float) x).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "a b", "a`b.c`", "größe"})
  void columnsOfAnyNameAreReadAndMade(String name) {
    Dataset<Row> table = VECTORS.toDF(name);
    assertSameModel(table, name);
    AutoencoderModel model =
        Easy.autoencoder()
            .setFeaturesCol(name)
            .setOutputCol(name + ".h")
            .setReconstructionCol(name + ".x")
            .setErrorCol(name + ".e")
            .fit(table);
    Dataset<Row> made = model.transform(table);
    assertThat(made.columns()).containsExactly(name, name + ".h", name + ".x", name + ".e");
    double error =
        made.collectAsList().stream().mapToDouble(row -> row.getDouble(3)).average().orElseThrow();
    assertThat(
            new ReconstructionEvaluator()
                .setFeaturesCol(name)
                .setReconstructionCol(name + ".x")
                .evaluate(made))
        .isCloseTo(error, within(1e-6 * error));
  }

  /** Of 200 features 2 in 100 are not 0: the shards keep those alone. */
  @Test
  void thinSparseRowsAgreeWithDenseOnesWithinRounding() {
    float[][] thin = Tables.sparse(8, 120, 200, 0.02);
    Dataset<Row> sparse =
        Tables.column(
            "features", SQLDataTypes.VectorType(), thin, 2, r -> Tables.vector(r).toSparse());
    assertThat(Features.inspect(sparse, Easy.autoencoder()).spec().sparse()).isTrue();
    assertThat(Features.inspect(Tables.vectors(thin, 2), Easy.autoencoder()).spec().sparse())
        .isFalse();
    Autoencoder autoencoder = Easy.autoencoder().setEpochs(5);
    float[] dense = autoencoder.fit(Tables.vectors(thin, 2)).parameters();
    float[] thinned = autoencoder.fit(sparse).parameters();
    for (int i = 0; i < dense.length; i++) {
      // Adam divides by gradients that are near 0 at times: 1% of one of its steps
      assertThat(thinned[i]).isCloseTo(dense[i], within(1e-4f));
    }
  }

  @Test
  void rowsAreReadInTheOrderOfTheTable() {
    float[][] turned = ROWS.clone();
    Collections.reverse(Arrays.asList(turned));
    assertThat(Easy.autoencoder().fit(Tables.vectors(turned, 2)).parameters())
        .isNotEqualTo(EXPECTED);
  }
}
