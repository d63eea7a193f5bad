package io.sparkae.ml;

import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sparkae.core.train.TrainingException;
import io.sparkae.spark.InvalidRowException;
import io.sparkae.spark.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows with null, NaN or infinite values, of another width, or outside the range of the loss. */
class InvalidRowsTest {
  private static final DataType VECTOR = SQLDataTypes.VectorType();
  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType);
  private static final float[][] CLEAN = Tables.lowRank(2, 40, 4);

  private static Stream<Arguments> invalid() {
    return Stream.of(
        arguments(VECTOR, null, "is null"),
        arguments(VECTOR, Vectors.dense(0, 0, 0, Double.NaN), "has NaN at element 3"),
        arguments(
            VECTOR, Vectors.dense(0, Double.POSITIVE_INFINITY, 0, 0), "has Infinity at element 1"),
        arguments(
            VECTOR,
            Vectors.sparse(4, new int[] {2}, new double[] {Double.NaN}),
            "has NaN at element 2"),
        arguments(VECTOR, Vectors.dense(0, 0, 0), "has 3 elements, expected 4"),
        arguments(
            VECTOR,
            Vectors.sparse(5, new int[] {1}, new double[] {1}),
            "has 5 elements, expected 4"),
        arguments(DOUBLES, null, "is null"),
        arguments(DOUBLES, Arrays.asList(0.0, null, 0.0, 0.0), "has null at element 1"),
        arguments(
            DOUBLES,
            List.of(Double.NEGATIVE_INFINITY, 0.0, 0.0, 0.0),
            "has -Infinity at element 0"),
        arguments(FLOATS, List.of(0f, 0f, Float.NaN, 0f), "has NaN at element 2"),
        arguments(FLOATS, List.of(0f, 0f, 0f, 0f, 0f), "has 5 elements, expected 4"));
  }

  private static Object value(DataType type, float[] row) {
    if (type.equals(VECTOR)) {
      return Tables.vector(row);
    }
    return type.equals(DOUBLES)
        ? Arrays.stream(Tables.doubles(row)).boxed().toList()
        : Arrays.stream(Tables.doubles(row)).mapToObj(x -> (float) x).toList();
  }

  /** The clean rows in two partitions, with others put in before row 27, which is row 7 of 1. */
  private static Dataset<Row> table(DataType type, Object... others) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < CLEAN.length; i++) {
      if (i == 27) {
        Collections.addAll(values, others);
      }
      values.add(value(type, CLEAN[i]));
    }
    Dataset<Row> first = Tables.values("x.y", type, values.subList(0, 20), 1);
    return first.union(Tables.values("x.y", type, values.subList(20, values.size()), 1));
  }

  private static Autoencoder autoencoder() {
    return Easy.autoencoder().setFeaturesCol("x.y").setOutputCol("code");
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("invalid")
  void errorNamesColumnRowFaultAndTheWayOut(DataType type, Object value, String fault) {
    String message =
        "row 7 of partition 1 (counted from 0): column x.y "
            + fault
            + ": mend the row, or set handleInvalid to skip";
    rootCauseOf(() -> autoencoder().fit(table(type, value)))
        .isInstanceOf(InvalidRowException.class)
        .hasMessage(message);
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("invalid")
  void skipTrainsTheModelOfTheOtherRowsAndCountsTheDropped(
      DataType type, Object value, String fault) {
    AutoencoderModel clean = autoencoder().fit(table(type));
    AutoencoderModel skipping =
        autoencoder().setHandleInvalid("skip").fit(table(type, value, value));
    assertThat(skipping.parameters()).as(fault).containsExactly(clean.parameters());
    assertThat(skipping.summary().orElseThrow().skippedRows()).isEqualTo(2);
    assertThat(skipping.summary().orElseThrow().rows()).isEqualTo(CLEAN.length);
    assertThat(clean.summary().orElseThrow().skippedRows()).isZero();
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("invalid")
  void transformFollowsHandleInvalid(DataType type, Object value, String fault) {
    AutoencoderModel model = autoencoder().fit(table(type));
    rootCauseOf(() -> model.transform(table(type, value)).collectAsList())
        .isInstanceOf(InvalidRowException.class)
        .hasMessage(
            "row 7 of partition 1 (counted from 0): column x.y "
                + (fault.endsWith(", expected 4")
                    ? fault.replace(", expected 4", ", but the model was trained on 4")
                        + ": take the column or the model that fits"
                    : fault + ": mend the row, or set handleInvalid to skip"));
    Dataset<Row> kept = model.setHandleInvalid("skip").transform(table(type, value, value));
    assertThat(kept.select("code").collectAsList())
        .isEqualTo(model.transform(table(type)).select("code").collectAsList());
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.25f, 1.5f})
  void crossEntropyRefusesValuesOutsideTheUnitInterval(float value) {
    float[] row = {0, value, 0, 0};
    UnaryOperator<Autoencoder> entropy = a -> a.setLoss("crossEntropy");
    rootCauseOf(() -> entropy.apply(autoencoder()).fit(table(VECTOR, Tables.vector(row))))
        .isInstanceOf(InvalidRowException.class)
        .hasMessage(
            "row 7 of partition 1 (counted from 0): column x.y has "
                + value
                + " at element 1, outside [0.0, 1.0], which crossEntropy needs (scale the"
                + " features): mend the row, or set handleInvalid to skip");
    AutoencoderModel skipping =
        entropy
            .apply(autoencoder())
            .setHandleInvalid("skip")
            .fit(table(VECTOR, Tables.vector(row)));
    assertThat(skipping.summary().orElseThrow().skippedRows()).isOne();
    assertThat(autoencoder().fit(table(VECTOR, Tables.vector(row))).summary().orElseThrow().rows())
        .as("squaredError takes any finite value")
        .isEqualTo(CLEAN.length + 1);
  }

  @Test
  void invalidRowsAreRefusedInSparseShardsToo() {
    float[][] rows = Tables.sparse(1, 30, 100, 0.02);
    List<Object> values = new ArrayList<>();
    for (float[] row : rows) {
      values.add(Tables.vector(row).toSparse());
    }
    Dataset<Row> clean = Tables.values("x.y", VECTOR, values, 1);
    values.add(29, Vectors.sparse(100, new int[] {97}, new double[] {Double.NaN}));
    values.add(29, Vectors.sparse(99, new int[] {97}, new double[] {1}));
    Dataset<Row> table = Tables.values("x.y", VECTOR, values, 1);
    rootCauseOf(() -> autoencoder().fit(table))
        .hasMessageStartingWith(
            "row 29 of partition 0 (counted from 0): column x.y has 99 elements, expected 100");
    AutoencoderModel skipping = autoencoder().setHandleInvalid("skip").fit(table);
    assertThat(skipping.summary().orElseThrow().skippedRows()).isEqualTo(2);
    assertThat(skipping.parameters()).containsExactly(autoencoder().fit(clean).parameters());
  }

  @Test
  void widthIsThatOfMostRowsAndNotOfAnOddFirstOne() {
    Dataset<Row> odd =
        Tables.values("x.y", VECTOR, List.of(Vectors.dense(1, 2)), 1).union(table(VECTOR));
    rootCauseOf(() -> autoencoder().fit(odd))
        .hasMessageStartingWith(
            "row 0 of partition 0 (counted from 0): column x.y has 2 elements, expected 4");
    assertThat(autoencoder().setHandleInvalid("skip").fit(odd).parameters())
        .containsExactly(autoencoder().fit(table(VECTOR)).parameters());
  }

  @Test
  void widthIsFoundBehindManyRowsOfNull() {
    List<Object> values = new ArrayList<>(Collections.nCopies(150, null));
    for (float[] row : CLEAN) {
      values.add(Tables.vector(row));
    }
    AutoencoderModel model =
        autoencoder().setHandleInvalid("skip").fit(Tables.values("x.y", VECTOR, values, 2));
    assertThat(model.summary().orElseThrow().skippedRows()).isEqualTo(150);
    assertThat(model.parameters()).containsExactly(autoencoder().fit(table(VECTOR)).parameters());
  }

  @Test
  void rowsOfNoElementsAreRefused() {
    Dataset<Row> empty = Tables.values("x.y", VECTOR, List.of(Vectors.dense(new double[0])), 1);
    rootCauseOf(() -> autoencoder().fit(empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("featuresCol x.y has rows of no elements");
  }

  @Test
  void trainingOnNoRowsSaysThatThereAreNone() {
    Dataset<Row> none = Tables.values("x.y", VECTOR, List.of(), 2);
    rootCauseOf(() -> autoencoder().fit(none))
        .isInstanceOf(TrainingException.class)
        .hasMessage("there are no rows to train on");
    List<Object> invalid =
        Arrays.asList(null, Vectors.dense(Double.NaN, 1), Vectors.dense(1, Double.NaN));
    Dataset<Row> allInvalid = Tables.values("x.y", VECTOR, invalid, 2);
    rootCauseOf(() -> autoencoder().setHandleInvalid("skip").fit(allInvalid))
        .isInstanceOf(TrainingException.class)
        .hasMessage("there are no rows to train on: all 3 were invalid");
    Dataset<Row> nulls = Tables.values("x.y", VECTOR, Arrays.asList(null, null), 1);
    rootCauseOf(() -> autoencoder().setHandleInvalid("skip").fit(nulls))
        .hasMessage("there are no rows to train on: all 2 were invalid");
    rootCauseOf(() -> autoencoder().fit(nulls))
        .hasMessageStartingWith("row 0 of partition 0 (counted from 0): column x.y is null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "synchronous"})
  void oneRowAndFewerRowsThanReplicasTrain(String averaging) {
    for (int rows : new int[] {1, 3}) {
      Dataset<Row> few = Tables.vectors(Arrays.copyOf(CLEAN, rows), 5);
      AutoencoderModel model =
          Easy.autoencoder()
              .setAveraging(averaging)
              .setReplicas(7)
              .setEpochs(12)
              .setStepSize(0.05)
              .setErrorCol("error")
              .fit(few);
      assertThat(model.summary().orElseThrow().rows()).isEqualTo(rows);
      double[] history = model.summary().orElseThrow().objectiveHistory();
      assertThat(history[11]).isPositive().isLessThan(history[0] / 2);
      assertThat(model.transform(few).count()).isEqualTo(rows);
    }
  }
}
