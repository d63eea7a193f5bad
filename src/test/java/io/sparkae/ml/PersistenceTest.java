package io.sparkae.ml;

import static io.sparkae.spark.Causes.rootCauseOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.data.LocalSpark;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.io.FileUtils;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is saved comes back the same; what does not fit together is refused in one line. */
class PersistenceTest {
  private static final Dataset<Row> TABLE = Tables.vectors(Tables.lowRank(4, 50, 5), 2);

  @TempDir private static Path folder;
  private static AutoencoderModel model;
  private static Path saved;

  @BeforeAll
  static void trainAndSave() throws IOException {
    model =
        Easy.autoencoder()
            .setOutputCol("h")
            .setErrorCol("e")
            .setLoss("crossEntropy")
            .setHiddenLayers(new int[] {7, 6})
            .fit(TABLE);
    saved = folder.resolve("saved");
    model.write().save(saved.toString());
  }

  private static Path copyOfSaved(String name) throws IOException {
    Path copy = folder.resolve(name);
    FileUtils.copyDirectory(saved.toFile(), copy.toFile());
    return copy;
  }

  private static void editWeights(Path model, UnaryOperator<Dataset<Row>> edit) {
    String weights = model.resolve("weights").toString();
    List<Row> rows = edit.apply(LocalSpark.session().read().parquet(weights)).collectAsList();
    LocalSpark.session()
        .createDataFrame(rows, TrainedModelWriter.WEIGHTS_SCHEMA)
        .write()
        .mode("overwrite")
        .parquet(weights);
  }

  private static void assertRefused(Path path, String message) {
    assertThat(path).isDirectory();
    rootCauseOf(() -> AutoencoderModel.load(path.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(path + " " + message);
  }

  @Test
  void loadedModelIsTheSavedOne() {
    AutoencoderModel loaded = AutoencoderModel.load(saved.toString());
    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(loaded.explainParams()).isEqualTo(model.explainParams());
    assertThat(loaded.parameters()).containsExactly(model.parameters());
    assertThat(loaded.numFeatures()).isEqualTo(5);
    assertThat(loaded.summary().orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(model.summary().orElseThrow());
    assertThat(loaded.transform(TABLE).collectAsList())
        .isEqualTo(model.transform(TABLE).collectAsList());
  }

  @Test
  void loadedModelIsSavedAgain() throws IOException {
    String again = folder.resolve("again").toString();
    AutoencoderModel.load(saved.toString()).write().save(again);
    assertThat(AutoencoderModel.load(again).parameters()).containsExactly(model.parameters());
  }

  @Test
  void nothingIsOverwrittenUnlessAsked() throws IOException {
    String path = folder.resolve("twice").toString();
    model.write().save(path);
    assertThatThrownBy(() -> model.write().save(path)).hasMessageContaining("already exists");
    AutoencoderModel other = Easy.autoencoder().setCodeSize(2).fit(TABLE);
    other.write().overwrite().save(path);
    assertThat(AutoencoderModel.load(path).parameters()).containsExactly(other.parameters());
  }

  @Test
  void loadedEstimatorHasTheParamsThatWereSet() throws IOException {
    Autoencoder estimator =
        Easy.autoencoder().setHiddenLayers(new int[0]).setTiedWeights(true).setSeed(-3);
    String path = folder.resolve("estimator").toString();
    estimator.write().save(path);
    assertThatThrownBy(() -> estimator.write().save(path)).hasMessageContaining("already exists");
    estimator.setCodeSize(4).write().overwrite().save(path);
    Autoencoder loaded = Autoencoder.load(path);
    assertThat(loaded.uid()).isEqualTo(estimator.uid());
    assertThat(loaded.explainParams()).isEqualTo(estimator.explainParams());
    assertThat(loaded.isSet(loaded.stepSize())).isTrue();
    assertThat(loaded.isSet(loaded.momentum())).isFalse();
    assertThat(loaded.fit(TABLE).parameters()).containsExactly(estimator.fit(TABLE).parameters());
  }

  @Test
  void summaryOfBeforePassesWereCountedHasOneForEachEpoch() throws IOException {
    Path older = copyOfSaved("older");
    SavedFiles.editMetadata(
        older, json -> SavedFiles.withoutChecksum(json).replace(",\"passes\":2", ""));
    TrainingSummary summary = AutoencoderModel.load(older.toString()).summary().orElseThrow();
    assertThat(summary.passes()).isEqualTo(2);
    assertThat(summary.rowsPerSecond()).isEqualTo(model.summary().orElseThrow().rowsPerSecond());
  }

  @Test
  void formatOfTheFutureIsRefused() throws IOException {
    Path path = copyOfSaved("future");
    SavedFiles.editMetadata(path, "\"sparkaeFormat\":1", "\"sparkaeFormat\":2");
    assertRefused(path, "has format 2, this release reads up to 1: use a newer release");
  }

  @Test
  void metadataWithoutAFormatIsRefused() throws IOException {
    Path path = copyOfSaved("formatless");
    SavedFiles.editMetadata(path, "\"sparkaeFormat\":1", "\"x\":1");
    assertRefused(path, "is not a saved model: its metadata has no whole number sparkaeFormat");
  }

  @Test
  void missingWeightsAreRefused() throws IOException {
    Path path = copyOfSaved("weightless");
    FileUtils.deleteDirectory(path.resolve("weights").toFile());
    rootCauseOf(() -> AutoencoderModel.load(path.toString()))
        .hasMessageMatching(".*Path does not exist.*weightless/weights.*");
    Path part = copyOfSaved("part");
    editWeights(part, weights -> weights.where("slice <> 'decoder.1.bias'"));
    assertRefused(part, "has no weights for decoder.1.bias from element 0 on");
  }

  @Test
  void weightsThatComeTwiceDoNotMakeUpForThoseThatAreMissing() throws IOException {
    Path path = copyOfSaved("double");
    editWeights(
        path,
        weights ->
            weights
                .where("slice <> 'encoder.1.bias'")
                .union(weights.where("slice = 'decoder.0.bias'"))); // as long: 6 elements
    assertRefused(path, "has weights for decoder.0.bias twice");
  }

  @Test
  void weightsThatWereChangedAreRefused() throws IOException {
    Path path = copyOfSaved("changed");
    String less = "transform(values, v -> cast(v - 0.25 as float))";
    editWeights(
        path,
        weights ->
            weights.withColumn(
                "values", functions.expr("if(slice = 'encoder.1.bias', " + less + ", values)")));
    assertRefused(
        path,
        "has weights that were changed after it was saved, by their checksum: save or copy it anew");
  }

  /** They fit the weights, which would give other codes. */
  @Test
  void metadataThatWereChangedAreRefused() throws IOException {
    Path path = copyOfSaved("activated");
    SavedFiles.editMetadata(
        path,
        json -> {
          String activation = "\"activation\":\"" + model.getActivation() + "\"";
          assertThat(json).contains(activation);
          return json.replace(activation, "\"activation\":\"softplus\"");
        });
    assertRefused(
        path,
        "has metadata that were changed after it was saved, by their checksum: save or copy it anew");
  }

  @Test
  void weightsOfAnotherShapeAreRefused() throws IOException {
    Path turned = copyOfSaved("turned");
    editWeights(
        turned,
        weights ->
            weights
                .withColumn("r", functions.col("rows"))
                .withColumn("rows", functions.col("columns"))
                .withColumn("columns", functions.col("r"))
                .drop("r"));
    rootCauseOf(() -> AutoencoderModel.load(turned.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            ".*turned has weights of another shape for (en|de)coder\\.\\d\\.(weight|bias):"
                + " \\d x \\d, expected \\d x \\d");
    Path wider = copyOfSaved("wider");
    SavedFiles.editMetadata(wider, "\"codeSize\":3", "\"codeSize\":4");
    rootCauseOf(() -> AutoencoderModel.load(wider.toString()))
        .hasMessageContaining("wider has weights of another shape for ");
    Path unknown = copyOfSaved("unknown");
    editWeights(
        unknown,
        weights -> weights.withColumn("slice", functions.expr("replace(slice, 'code', 'cod')")));
    rootCauseOf(() -> AutoencoderModel.load(unknown.toString()))
        .hasMessageMatching(".*unknown has weights for (en|de)codr.*, which this model has not");
  }

  @Test
  void otherStagesAndOtherFoldersAreRefused() throws IOException {
    Path estimator = folder.resolve("other");
    new Autoencoder().write().overwrite().save(estimator.toString());
    rootCauseOf(() -> AutoencoderModel.load(estimator.toString()))
        .hasMessage(estimator + " is an Autoencoder, not a saved AutoencoderModel");
    rootCauseOf(() -> AutoencoderModel.load(folder.resolve("nowhere").toString()))
        .hasMessageContaining("nowhere");
  }

  @Test
  void codeOfAModelSurvivesCopyAndLoad() {
    AutoencoderModel copy = model.copy(new ParamMap());
    AutoencoderModel loaded = AutoencoderModel.load(saved.toString());
    var x = Vectors.dense(0.1, 0.2, 0.3, 0.4, 0.5);
    assertThat(copy.encode(x)).isEqualTo(model.encode(x)).isEqualTo(loaded.encode(x));
    assertThat(copy.decode(copy.encode(x))).isEqualTo(loaded.decode(loaded.encode(x)));
  }
}
