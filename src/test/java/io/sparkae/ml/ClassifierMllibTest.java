package io.sparkae.ml;

import static io.sparkae.core.SameBits.assertSameBits;
import static io.sparkae.ml.Clusters.encoder;
import static io.sparkae.ml.Clusters.headAlone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.spark.NothingStaysInMemory;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classifiers beside those of MLlib, and under its evaluators and tuning. */
@ExtendWith(NothingStaysInMemory.class)
class ClassifierMllibTest {
  @Test
  void linearClassifierFindsMllibsMinimum() {
    double decay = 0.05;
    EncoderClassifierModel ours =
        new DenseClassifier()
            .setOptimizer("lbfgs")
            .setMaxIter(300)
            .setTol(0)
            .setWeightDecay(decay)
            .fit(Clusters.THREE);
    LogisticRegressionModel theirs =
        new LogisticRegression()
            .setFamily("multinomial")
            .setStandardization(false)
            .setRegParam(decay)
            .setTol(1e-12)
            .setMaxIter(500)
            .fit(Clusters.THREE);
    List<Vector> mine = vectors(ours.transform(Clusters.THREE));
    List<Vector> reference = vectors(theirs.transform(Clusters.THREE));
    for (int row = 0; row < mine.size(); row++) {
      for (int k = 0; k < 3; k++) {
        assertThat(mine.get(row).apply(k)).isCloseTo(reference.get(row).apply(k), within(2e-3));
      }
    }
  }

  private static List<Vector> vectors(Dataset<Row> table) {
    return table.select("probability").collectAsList().stream()
        .map(row -> row.<Vector>getAs(0))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "binomial", "multinomial"})
  void twoClassesHaveOneLogisticUnitOrASoftmax(String family) {
    EncoderClassifierModel model =
        new DenseClassifier()
            .setHiddenLayers(new int[] {4})
            .setFamily(family)
            .setEpochs(30)
            .setStepSize(0.01)
            .setBatchSize(16)
            .fit(Clusters.TWO);
    int outputs = model.layout().slices().get(2).columns();
    assertThat(outputs).isEqualTo(family.equals("multinomial") ? 2 : 1);
    Dataset<Row> predicted = model.transform(Clusters.TWO);
    assertThat(new BinaryClassificationEvaluator().evaluate(predicted)).isGreaterThan(0.97);
    for (Row row : predicted.collectAsList()) {
      Vector probability = row.getAs("probability");
      Vector raw = row.getAs("rawPrediction");
      double difference = raw.apply(1) - raw.apply(0);
      double m = family.equals("multinomial") ? difference : difference / 2;
      assertThat(probability.apply(1)).isCloseTo(1 / (1 + Math.exp(-m)), within(1e-9));
      assertThat(probability.apply(0) + probability.apply(1)).isCloseTo(1, within(1e-12));
      assertThat(row.<Double>getAs("prediction")).isEqualTo((double) raw.argmax());
      Vector features = row.getAs("features");
      assertThat(model.predict(features)).isEqualTo(row.<Double>getAs("prediction"));
      assertThat(model.predictProbability(features)).isEqualTo(probability);
      assertThat(model.predictRaw(features)).isEqualTo(raw);
    }
  }

  @Test
  void tunesAndEvaluatesWithMllib() {
    DenseClassifier classifier =
        new DenseClassifier().setHiddenLayers(new int[] {4}).setEpochs(10).setBatchSize(16);
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(classifier.stepSize(), new double[] {1e-9, 0.02}).build();
    StringIndexer words =
        new StringIndexer().setInputCol("kind").setOutputCol("index").setHandleInvalid("error");
    Dataset<Row> named =
        Clusters.THREE
            .withColumn("kind", functions.concat(functions.lit("k"), functions.col("label")))
            .drop("label");
    Pipeline pipeline =
        new Pipeline().setStages(new PipelineStage[] {words, classifier.setLabelCol("index")});
    CrossValidatorModel best =
        new CrossValidator()
            .setEstimator(pipeline)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new MulticlassClassificationEvaluator().setLabelCol("index"))
            .setNumFolds(2)
            .fit(named);
    assertThat(best.avgMetrics()[1]).isGreaterThan(0.8).isGreaterThan(best.avgMetrics()[0]);
  }

  @Test
  void headStepSizeOnAGivenEncoderIsTuned() {
    AutoencoderModel encoder = encoder();
    EncoderClassifier classifier = headAlone(encoder).setHeadEpochs(10);
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(classifier.headStepSize(), new double[] {1e-9, 0.05})
            .build();
    CrossValidatorModel best =
        new CrossValidator()
            .setEstimator(classifier)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new MulticlassClassificationEvaluator())
            .setNumFolds(2)
            .fit(Clusters.THREE);
    assertThat(best.avgMetrics()[1]).isGreaterThan(0.8).isGreaterThan(best.avgMetrics()[0]);
    EncoderClassifierModel model = (EncoderClassifierModel) best.bestModel();
    assertSameBits(
        "the whole table by the better step",
        model.parameters(),
        classifier.setHeadStepSize(0.05).fit(Clusters.THREE).parameters());
  }

  @Test
  void columnsThatNobodyNamesAreNotMade() {
    EncoderClassifierModel model = new DenseClassifier().setEpochs(1).fit(Clusters.THREE);
    assertThat(model.transform(Clusters.THREE).columns())
        .containsExactly("features", "label", "rawPrediction", "probability", "prediction");
    model.setRawPredictionCol("").setProbabilityCol("");
    assertThat(model.transform(Clusters.THREE).columns())
        .containsExactly("features", "label", "prediction");
  }
}
