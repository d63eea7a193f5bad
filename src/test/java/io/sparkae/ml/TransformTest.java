package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.data.LocalSpark;
import io.sparkae.spark.Tables;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The columns that a model makes. */
class TransformTest {
  private static final int ROWS =
      2200; // a whole batch and part of another in each of two partitions

  private static final Dataset<Row> TABLE =
      Tables.vectors(Tables.lowRank(4, ROWS, 5), 2)
          .withColumn("id", functions.monotonically_increasing_id())
          .withColumn("none", functions.lit(null).cast("string"));

  /** Columns of many types, one with the metadata of labels. */
  private static final Dataset<Row> RICH =
      TABLE
          .withColumn(
              "label",
              functions
                  .col("id")
                  .as("label", NominalAttribute.defaultAttr().withName("label").toMetadata()))
          .withColumn("words", functions.expr("array('a', cast(id as string), null)"))
          .withColumn("map", functions.expr("map('id', id)"))
          .withColumn("struct", functions.expr("struct(id, array(struct(none)) as inner)"))
          .withColumn("decimal", functions.expr("cast(id as decimal(20, 3))"))
          .withColumn("day", functions.expr("date_add(date'2020-01-01', cast(id % 99 as int))"))
          .withColumn("time", functions.expr("timestamp'2020-01-01 00:00:00'"))
          .withColumn("bytes", functions.expr("cast('x' as binary)"));

  private static final AutoencoderModel FITTED = Easy.autoencoder().fit(TABLE);

  private AutoencoderModel model;

  @BeforeEach
  void copyTheModel() {
    model = FITTED.copy(new ParamMap());
  }

  @Test
  void onlyNamedColumnsAreMade() {
    assertThat(model.transform(TABLE).columns()).containsExactly("features", "id", "none");
    assertThat(model.setErrorCol("e").transform(TABLE).columns())
        .containsExactly("features", "id", "none", "e");
    assertThat(model.setOutputCol("h").transform(TABLE).columns())
        .containsExactly("features", "id", "none", "h", "e");
    assertThat(model.setReconstructionCol("x").transform(TABLE).columns())
        .containsExactly("features", "id", "none", "h", "x", "e");
  }

  @Test
  void transformSchemaForetellsTheSchema() {
    model.setOutputCol("h").setReconstructionCol("x").setErrorCol("e");
    StructType foretold = model.transformSchema(TABLE.schema());
    assertThat(foretold).isEqualTo(model.transform(TABLE).schema());
    assertThat(foretold)
        .isEqualTo(
            Easy.autoencoder()
                .setOutputCol("h")
                .setReconstructionCol("x")
                .setErrorCol("e")
                .transformSchema(TABLE.schema()));
    assertThat(foretold.apply("h").dataType()).isEqualTo(SQLDataTypes.VectorType());
    assertThat(foretold.apply("x").dataType()).isEqualTo(SQLDataTypes.VectorType());
    assertThat(foretold.apply("e").dataType()).isEqualTo(DataTypes.DoubleType);
  }

  @Test
  void codesCarryTheirWidthAndAnAutoencoderReadsIt() {
    Dataset<Row> coded = model.setOutputCol("h").transform(TABLE);
    assertThat(AttributeGroup.fromStructField(coded.schema().apply("h")).size()).isEqualTo(3);
    AutoencoderModel stacked = Easy.autoencoder().setFeaturesCol("h").setCodeSize(2).fit(coded);
    assertThat(stacked.numFeatures()).isEqualTo(3);
  }

  @Test
  void otherColumnsTheirMetadataAndTheOrderOfRowsStay() {
    Dataset<Row> made = model.setOutputCol("h").setErrorCol("e").transform(RICH);
    assertThat(made.schema().fields()).startsWith(RICH.schema().fields());
    assertThat(RICH.schema().apply("label").metadata().contains("ml_attr")).isTrue();
    assertThat(made.drop("h", "e", "bytes").collectAsList())
        .hasSize(ROWS)
        .isEqualTo(RICH.drop("bytes").collectAsList());
    assertThat(made.first().<byte[]>getAs("bytes")).containsExactly('x');
  }

  @Test
  void singleVectorsAgreeWithTransform() {
    List<Row> rows =
        model
            .setOutputCol("h")
            .setReconstructionCol("x")
            .setErrorCol("e")
            .transform(TABLE)
            .collectAsList();
    for (int i : new int[] {0, 1, 1023, 1024, 1099, 1100, 2199}) {
      Vector features = rows.get(i).getAs("features");
      Vector code = rows.get(i).getAs("h");
      Vector rebuilt = rows.get(i).getAs("x");
      assertThat(model.encode(features).toArray()).containsExactly(code.toArray(), within(1e-6));
      assertThat(model.encode(features.toSparse()))
          .as("sparse or dense")
          .isEqualTo(model.encode(features));
      assertThat(model.decode(code).toArray()).containsExactly(rebuilt.toArray(), within(1e-6));
      assertThat(rows.get(i).<Double>getAs("e"))
          .isCloseTo(Vectors.sqdist(features, rebuilt), within(1e-6));
    }
  }

  /** h = x·W + b, W stored inputs × outputs. */
  @Test
  void linearCodeIsThatOfItsWeights() {
    AutoencoderModel linear =
        new Autoencoder().setCodeSize(2).setEpochs(3).setStepSize(0.05).fit(TABLE);
    float[] p = linear.parameters();
    int weight = linear.layout().slice("encoder.0.weight").offset();
    int bias = linear.layout().slice("encoder.0.bias").offset();
    double[] x = {0.1, 0.9, 0.4, 0.3, 0.7};
    double[] expected =
        IntStream.range(0, 2)
            .mapToDouble(
                j ->
                    p[bias + j]
                        + IntStream.range(0, 5)
                            .mapToDouble(i -> x[i] * p[weight + 2 * i + j])
                            .sum())
            .toArray();
    assertThat(linear.encode(Vectors.dense(x)).toArray()).containsExactly(expected, within(1e-6));
  }

  @Test
  void vectorsOfAnotherWidthAreRefused() {
    assertThatThrownBy(() -> model.encode(Vectors.dense(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the size of features must be 5, not 2");
    assertThatThrownBy(() -> model.decode(Vectors.dense(1, 2, 3, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the size of code must be 3, not 4");
  }

  @Test
  void columnsOfAnotherWidthAreRefusedWhateverBecomesOfInvalidRows() {
    String said =
        "column features has 2 elements, but the model was trained on 5: take the column or the"
            + " model that fits";
    Dataset<Row> narrow =
        LocalSpark.session().sql("select array(1D, double(id)) features from range(9)");
    Dataset<Row> told =
        new VectorAssembler()
            .setInputCols(new String[] {"a", "b"})
            .setOutputCol("features")
            .transform(LocalSpark.session().sql("select 1D a, double(id) b from range(9)"));
    model.setOutputCol("h");
    for (String handling : new String[] {"error", "skip"}) {
      model.setHandleInvalid(handling);
      assertThatThrownBy(() -> model.transform(told))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(said);
    }
    assertThatThrownBy(() -> model.transform(narrow))
        .as("to be skipped, every one")
        .hasMessage(said);
    model.setHandleInvalid("error");
    assertThatThrownBy(() -> model.transform(narrow).collect())
        .rootCause()
        .message()
        .startsWith("row 0 of partition ")
        .endsWith(" (counted from 0): " + said);
  }

  @Test
  void outputColumnsNeedAName() {
    assertThatThrownBy(() -> model.setOutputCol(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("outputCol must be the name of a column, not ''");
  }

  @Test
  void noRowsGiveNoRows() {
    assertThat(model.setOutputCol("h").transform(TABLE.filter("id < 0")).collectAsList()).isEmpty();
  }

  @Test
  void summaryTellsHowTheTrainingWent() {
    AutoencoderModel easy = Easy.autoencoder().setEpochs(6).setWeightDecay(1e-5).fit(TABLE);
    TrainingSummary summary = easy.summary().orElseThrow();
    assertThat(summary.objectiveHistory()).hasSize(6);
    for (int i = 1; i < 6; i++) {
      assertThat(summary.objectiveHistory()[i]).isLessThan(summary.objectiveHistory()[i - 1]);
    }
    assertThat(summary.totalEpochs()).isEqualTo(6);
    assertThat(summary.rows()).isEqualTo(ROWS);
    assertThat(summary.skippedRows()).isZero();
    assertThat(summary.replicas()).isEqualTo(2);
    assertThat(summary.microBatches()).isEqualTo(2);
    assertThat(summary.totalSteps()).isEqualTo(6 * 138);
    assertThat(summary.seconds()).isPositive();
    assertThat(summary.toString())
        .startsWith("TrainingSummary: epochs=6, rows=2200, skippedRows=0, steps=828, seconds=")
        .contains("losses=[" + summary.objectiveHistory()[0] + ", ");
    assertThat(summary.rowsPerSecond()).isCloseTo(6 * ROWS / summary.seconds(), within(1e-6));
  }
}
