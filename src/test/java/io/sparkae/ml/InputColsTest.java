package io.sparkae.ml;

import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sparkae.data.LocalSpark;
import io.sparkae.spark.InvalidRowException;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Several columns of numbers as the features, with no column of vectors. */
class InputColsTest {
  private static final String[] NAMES = {"a.b", "c", "größe", "d`e", "f g", "h", "i"};
  private static final DataType[] TYPES = {
    DataTypes.DoubleType,
    DataTypes.FloatType,
    DataTypes.IntegerType,
    DataTypes.LongType,
    DataTypes.ShortType,
    DataTypes.ByteType,
    DataTypes.createDecimalType(10, 4)
  };

  /** Numbers of at most four digits, those that whole numbers can hold where they must. */
  private static final float[][] ROWS = rows();

  @TempDir private Path folder;

  private static float[][] rows() {
    float[][] rows = Tables.lowRank(7, 60, NAMES.length);
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = i < 2 || i == 6 ? Math.round(row[i] * 4096) / 4096f : Math.round(row[i] * 3);
      }
    }
    return rows;
  }

  private static Object number(DataType type, float value) {
    if (type.equals(DataTypes.DoubleType)) {
      return (double) value;
    } else if (type.equals(DataTypes.FloatType)) {
      return value;
    } else if (type.equals(DataTypes.IntegerType)) {
      return (int) value;
    } else if (type.equals(DataTypes.LongType)) {
      return (long) value;
    } else if (type.equals(DataTypes.ShortType)) {
      return (short) value;
    } else if (type.equals(DataTypes.ByteType)) {
      return (byte) value;
    }
    return new BigDecimal(String.valueOf(Math.round(value * 4) / 4f));
  }

  /** The columns in another order than they are named in, with others among them. */
  private static Dataset<Row> numbers(float[][] table, int partitions) {
    StructType schema = new StructType().add("id", DataTypes.StringType);
    for (int i = NAMES.length - 1; i >= 0; i--) {
      schema = schema.add(NAMES[i], TYPES[i]);
    }
    List<Row> rows = new ArrayList<>();
    for (float[] row : table) {
      Object[] values = new Object[NAMES.length + 1];
      values[0] = "row";
      for (int i = 0; i < NAMES.length; i++) {
        values[NAMES.length - i] = number(TYPES[i], row[i]);
      }
      rows.add(RowFactory.create(values));
    }
    return Tables.table(LocalSpark.session(), rows, schema, partitions);
  }

  /** The same rows as vectors. */
  private static Dataset<Row> vectors(float[][] table, int partitions) {
    float[][] rows = Arrays.stream(table).map(float[]::clone).toArray(float[][]::new);
    for (float[] row : rows) {
      row[6] = Math.round(row[6] * 4) / 4f;
    }
    return Tables.vectors(rows, partitions);
  }

  private static Autoencoder autoencoder() {
    return Easy.autoencoder().setInputCols(NAMES);
  }

  @Test
  void columnsOfEveryTypeOfNumberGiveTheModelOfVectors() {
    AutoencoderModel expected = Easy.autoencoder().fit(vectors(ROWS, 3));
    AutoencoderModel model = autoencoder().fit(numbers(ROWS, 2));
    assertThat(model.parameters()).containsExactly(expected.parameters());
    assertThat(model.numFeatures()).isEqualTo(NAMES.length);
    model.setOutputCol("code").setReconstructionCol("rebuilt").setErrorCol("error");
    expected.setOutputCol("code").setReconstructionCol("rebuilt").setErrorCol("error");
    Dataset<Row> made = model.transform(numbers(ROWS, 2));
    assertThat(made.columns())
        .startsWith(numbers(ROWS, 2).columns())
        .endsWith("code", "rebuilt", "error");
    assertThat(made.select("code", "rebuilt", "error").collectAsList())
        .isEqualTo(
            expected
                .transform(vectors(ROWS, 2))
                .select("code", "rebuilt", "error")
                .collectAsList());
  }

  @Test
  void theOrderIsThatOfTheNames() {
    String[] turned = NAMES.clone();
    Collections.reverse(Arrays.asList(turned));
    assertThat(Easy.autoencoder().setInputCols(turned).fit(numbers(ROWS, 2)).parameters())
        .isNotEqualTo(autoencoder().fit(numbers(ROWS, 2)).parameters());
  }

  @Test
  void heldBackRowsAreValidatedOnAsVectorsAre() {
    UnaryOperator<Autoencoder> held = a -> a.setValidationFraction(0.25);
    AutoencoderModel model = held.apply(autoencoder()).fit(numbers(ROWS, 2));
    AutoencoderModel expected = held.apply(Easy.autoencoder()).fit(vectors(ROWS, 2));
    assertThat(model.summary().orElseThrow().validationHistory())
        .hasSize(2)
        .containsExactly(expected.summary().orElseThrow().validationHistory());
    AutoencoderModel marked =
        autoencoder()
            .setValidationIndicatorCol("held")
            .fit(numbers(ROWS, 2).withColumn("held", functions.expr("`i` > 0.5")));
    assertThat(marked.summary().orElseThrow().validationRows()).isBetween(1L, 59L);
  }

  @Test
  void savedEstimatorModelAndPipelineKeepTheColumns() throws IOException {
    Autoencoder estimator = autoencoder().setOutputCol("code");
    estimator.write().save(path("estimator"));
    Autoencoder loaded = Autoencoder.load(path("estimator"));
    assertThat(loaded.getInputCols()).containsExactly(NAMES);
    assertThat(loaded.explainParams()).isEqualTo(estimator.explainParams());
    AutoencoderModel model = loaded.fit(numbers(ROWS, 2));
    model.write().save(path("model"));
    AutoencoderModel again = AutoencoderModel.load(path("model"));
    assertThat(again.getInputCols()).containsExactly(NAMES);
    assertThat(again.copy(new ParamMap()).getInputCols()).containsExactly(NAMES);
    List<Row> codes = model.transform(numbers(ROWS, 1)).select("code").collectAsList();
    assertThat(again.transform(numbers(ROWS, 1)).select("code").collectAsList()).isEqualTo(codes);
    PipelineModel pipeline =
        new Pipeline().setStages(new PipelineStage[] {loaded}).fit(numbers(ROWS, 2));
    pipeline.write().save(path("pipeline"));
    assertThat(
            PipelineModel.load(path("pipeline"))
                .transform(numbers(ROWS, 1))
                .select("code")
                .collectAsList())
        .isEqualTo(codes);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void explanationNamesTheColumns() {
    Autoencoder named = autoencoder();
    assertThat(named.explainParam(named.inputCols()))
        .endsWith("(current: " + Arrays.toString(NAMES) + ")");
    assertThat(Easy.autoencoder().getInputCols()).isNull();
  }

  private static Arguments refused(String message, UnaryOperator<Autoencoder> setting) {
    return arguments(message, setting);
  }

  private static Stream<Arguments> settings() {
    String[] text = {"c", "id"};
    String[] unknown = {"c", "nowhere"};
    return Stream.of(
        refused(
            "inputCols nowhere is not among the columns id, i, h, f g, d`e, größe, c, a.b",
            a -> a.setInputCols(unknown)),
        refused("inputCols id must be of numbers, not string", a -> a.setInputCols(text)),
        refused(
            "featuresCol and inputCols exclude each other: name the features by one of them",
            a -> a.setInputCols(NAMES).setFeaturesCol("features")),
        refused(
            "featuresCol c must be a Vector, array<float> or array<double>, not float: columns of"
                + " numbers are named by inputCols",
            a -> a.setFeaturesCol("c")),
        refused(
            "inputCols must be names of columns, each once, not []",
            a -> a.setInputCols(new String[0])),
        refused(
            "inputCols must be names of columns, each once, not [c, c]",
            a -> a.setInputCols(new String[] {"c", "c"})),
        refused(
            "inputCols must be names of columns, each once, not [c,  ]",
            a -> a.setInputCols(new String[] {"c", " "})));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void columnsThatCannotBeReadAreRefusedBeforeAnyJob(
      String message, UnaryOperator<Autoencoder> setting) {
    StructType schema = numbers(ROWS, 1).schema();
    assertThatThrownBy(() -> setting.apply(Easy.autoencoder()).transformSchema(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void aModelRefusesAnotherNumberOfColumns() {
    AutoencoderModel model = autoencoder().setOutputCol("code").fit(numbers(ROWS, 2));
    assertThatThrownBy(
            () -> model.setInputCols(new String[] {"c", "h"}).transform(numbers(ROWS, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("inputCols must be 7 columns, as the model was trained on, not 2");
    model.clear(model.inputCols());
    assertThat(model.transform(vectors(ROWS, 2)).count())
        .as("vectors of that width do as well")
        .isEqualTo(ROWS.length);
  }

  /** Columns a and b, the third row with other values in them. */
  private static Dataset<Row> pairs(Double a, Double b, boolean with) {
    StructType schema = new StructType().add("a", "double").add("b", "double");
    List<Row> rows =
        new ArrayList<>(
            List.of(
                RowFactory.create(0.1, 0.2),
                RowFactory.create(0.3, 0.9),
                RowFactory.create(0.5, 0.4)));
    if (with) {
      rows.add(2, RowFactory.create(a, b));
    }
    return Tables.table(LocalSpark.session(), rows, schema, 1);
  }

  private static Stream<Arguments> invalid() {
    return Stream.of(
        arguments(null, 0.5, "column a is null"),
        arguments(0.5, null, "column b is null"),
        arguments(0.5, Double.NaN, "column b has NaN"),
        arguments(Double.NEGATIVE_INFINITY, 0.5, "column a has -Infinity"),
        arguments(0.5, 1e300, "column b has Infinity"),
        arguments(
            0.5,
            1.25,
            "column b has 1.25, outside [0.0, 1.0], which crossEntropy needs (scale the"
                + " features)"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("invalid")
  void invalidRowsStopTheTrainingOrAreDropped(Double a, Double b, String fault) {
    Autoencoder estimator =
        new Autoencoder()
            .setInputCols(new String[] {"a", "b"})
            .setCodeSize(1)
            .setEpochs(1)
            .setOutputActivation("sigmoid")
            .setLoss("crossEntropy")
            .setOutputCol("code");
    String message =
        "row 2 of partition 0 (counted from 0): "
            + fault
            + ": mend the row, or set handleInvalid to skip";
    rootCauseOf(() -> estimator.fit(pairs(a, b, true)))
        .isInstanceOf(InvalidRowException.class)
        .hasMessage(message);
    AutoencoderModel clean = estimator.fit(pairs(a, b, false));
    AutoencoderModel skipping = estimator.setHandleInvalid("skip").fit(pairs(a, b, true));
    assertThat(skipping.summary().orElseThrow().skippedRows()).isOne();
    assertThat(skipping.parameters()).containsExactly(clean.parameters());
    if (fault.contains("outside")) {
      return; // a model takes any finite number
    }
    rootCauseOf(() -> clean.transform(pairs(a, b, true)).collectAsList())
        .isInstanceOf(InvalidRowException.class)
        .hasMessage(message);
    assertThat(skipping.transform(pairs(a, b, true)).collectAsList())
        .isEqualTo(clean.transform(pairs(a, b, false)).collectAsList());
  }

  @Test
  void evaluatorComparesTheColumnsWithTheReconstructions() throws IOException {
    Dataset<Row> made =
        autoencoder()
            .setReconstructionCol("reconstruction")
            .setErrorCol("error")
            .fit(numbers(ROWS, 2))
            .transform(numbers(ROWS, 2));
    ReconstructionEvaluator evaluator = new ReconstructionEvaluator().setInputCols(NAMES);
    double error = made.agg(functions.avg("error")).first().getDouble(0);
    assertThat(evaluator.evaluate(made)).isCloseTo(error, within(1e-6 * error));
    evaluator.write().save(path("evaluator"));
    assertThat(ReconstructionEvaluator.load(path("evaluator")).evaluate(made))
        .isEqualTo(evaluator.evaluate(made));
    assertThatThrownBy(
            () -> evaluator.copy(evaluator.paramMap()).setFeaturesCol("c").evaluate(made))
        .hasMessage(
            "featuresCol and inputCols exclude each other: name the features by one of them");
    assertThatThrownBy(() -> evaluator.setInputCols(new String[] {"id"}).evaluate(made))
        .hasMessage("inputCols id must be of numbers, not string");
    rootCauseOf(() -> evaluator.setInputCols(new String[] {"c", "h"}).evaluate(made))
        .hasMessage("the size of features must be 7, as the reconstruction's, not 2");
  }

  /** Row errors 0 + 1 = 1 and 4 + 9 = 13: mean 7. */
  @Test
  void evaluatorsErrorIsThatComputedByHand() {
    Dataset<Row> table =
        LocalSpark.session()
            .sql("select 1 a, 2.5d b union all select 3 a, 4.0d b")
            .coalesce(1)
            .withColumn(
                "reconstruction",
                functions
                    .udf(
                        (Integer a) -> a == 1 ? Vectors.dense(1, 3.5) : Vectors.dense(1, 1),
                        SQLDataTypes.VectorType())
                    .apply(functions.col("a")));
    assertThat(new ReconstructionEvaluator().setInputCols(new String[] {"a", "b"}).evaluate(table))
        .isEqualTo(7);
  }
}
