package io.sparkae.ml;

import static io.sparkae.core.SameBits.assertSameBits;
import static io.sparkae.ml.Clusters.classifier;
import static io.sparkae.ml.Clusters.encoder;
import static io.sparkae.ml.Clusters.errors;
import static io.sparkae.ml.Clusters.headAlone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.data.LocalSpark;
import io.sparkae.spark.NothingStaysInMemory;
import io.sparkae.spark.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Classifiers on top of encoders, and without one. */
@ExtendWith(NothingStaysInMemory.class)
class EncoderClassifierTest {
  @Test
  void headAloneIsALinearClassifierOfTheCodes() {
    AutoencoderModel encoder = encoder();
    EncoderClassifierModel head = headAlone(encoder).fit(Clusters.THREE);
    EncoderClassifierModel linear =
        new DenseClassifier()
            .setFeaturesCol("codes")
            .setEpochs(3)
            .setStepSize(0.05)
            .setBatchSize(16)
            .setReplicas(2)
            .setMicroBatches(2)
            .setSeed(5)
            .fit(encoder.copy(ParamMap.empty()).setOutputCol("codes").transform(Clusters.THREE));
    int codes = linear.parameters().length;
    float[] all = head.parameters();
    assertSameBits(
        "head", Arrays.copyOfRange(all, all.length - codes, all.length), linear.parameters());
    float[] trained = encoder.parameters();
    int shared = all.length - codes;
    assertSameBits(
        "encoder", Arrays.copyOfRange(all, 0, shared), Arrays.copyOfRange(trained, 0, shared));
  }

  @Test
  void fineTuningChangesTheEncoderAndErrsLess() {
    AutoencoderModel encoder = encoder();
    EncoderClassifierModel head = headAlone(encoder).fit(Clusters.THREE);
    EncoderClassifierModel whole = classifier(encoder).fit(Clusters.THREE);
    assertThat(whole.parameters()[0]).isNotEqualTo(encoder.parameters()[0]);
    assertThat(errors(whole, Clusters.THREE))
        .isLessThan(0.1)
        .isLessThan(errors(head, Clusters.THREE));
    TrainingSummary summary = whole.summary().orElseThrow();
    assertThat(summary.phase()).isEqualTo("encoder and head");
    assertThat(summary.pretraining()).hasSize(1);
    assertThat(summary.pretraining().get(0).phase()).isEqualTo("head");
  }

  @Test
  void hiddenDropoutIsOfTheLastHiddenLayerToo() {
    DenseClassifier plain = new DenseClassifier().setHiddenLayers(new int[] {4}).setEpochs(2);
    float[] dropped =
        plain.copy(ParamMap.empty()).setHiddenDropout(0.5).fit(Clusters.THREE).parameters();
    assertThat(dropped).isNotEqualTo(plain.fit(Clusters.THREE).parameters());
    assertSameBits(
        "of the code", dropped, plain.setCodeDropout(0.5).fit(Clusters.THREE).parameters());
  }

  @Test
  void skippedRowsAreToldOfTheHeadAlone() {
    Dataset<Row> one = Clusters.THREE.limit(1).withColumn("label", functions.lit(Double.NaN));
    EncoderClassifierModel model =
        headAlone(encoder()).setHandleInvalid("skip").fit(Clusters.THREE.union(one));
    assertThat(model.summary().orElseThrow().skippedRows()).isEqualTo(1);
  }

  @Test
  void skippedRowsAndRowsToValidateOnAreLeftOutOfBothTrainings() {
    Dataset<Row> marked =
        Clusters.THREE.withColumn("held", functions.expr("label = 0 and rand(3) < 0.5"));
    long held = marked.filter("held").count();
    Dataset<Row> invalid =
        Clusters.THREE
            .limit(2)
            .withColumn("label", functions.lit(Double.NaN))
            .withColumn("held", functions.lit(false));
    EncoderClassifier classifier =
        classifier(encoder())
            .setEpochs(2)
            .setHiddenDropout(0.2)
            .setValidationIndicatorCol("held")
            .setHandleInvalid("skip");
    EncoderClassifierModel model = classifier.fit(invalid.union(marked));
    TrainingSummary summary = model.summary().orElseThrow();
    assertThat(summary.skippedRows()).isEqualTo(2);
    assertThat(summary.validationRows()).isEqualTo(held);
    assertThat(summary.rows()).isEqualTo(Clusters.THREE.count() - held);
    assertThat(summary.pretraining().get(0).rows()).isEqualTo(Clusters.THREE.count() - held);
    assertSameBits("without them", model.parameters(), classifier.fit(marked).parameters());
  }

  @Test
  void kSparseEncoderKeepsItsUnitsInTheClassifier() {
    AutoencoderModel encoder =
        Easy.autoencoder()
            .setCodeSize(5)
            .setKSparse(1)
            .setKSparseStart(3)
            .setKSparseAlpha(2)
            .fit(Clusters.THREE);
    EncoderClassifierModel model = headAlone(encoder).fit(Clusters.THREE);
    assertThat(model.getKSparse()).isEqualTo(2);
    int weights = 5 * 3;
    float[] all = model.parameters();
    Dataset<Row> codes = encoder.setOutputCol("codes").transform(Clusters.THREE);
    for (Row row : codes.limit(20).collectAsList()) {
      Vector code = row.getAs("codes");
      Vector raw = model.predictRaw(row.getAs("features"));
      for (int k = 0; k < 3; k++) {
        double expected = all[all.length - 3 + k];
        for (int i = 0; i < 5; i++) {
          expected += code.apply(i) * all[all.length - 3 - weights + i * 3 + k];
        }
        assertThat(raw.apply(k)).isCloseTo(expected, within(1e-5));
      }
    }
  }

  @Test
  void encoderOfABeliefNetworkIsUsedLikeAnother() {
    AutoencoderModel network =
        new DeepBeliefNetwork()
            .setHiddenLayers(new int[] {5})
            .setCodeSize(4)
            .setBatchSize(16)
            .setLayerEpochs(new int[] {2})
            .setEpochs(1)
            .fit(Clusters.THREE);
    float[] trained = network.parameters();
    int shared = Clusters.WIDTH * 5 + 5 + 5 * 4 + 4;
    EncoderClassifierModel head = headAlone(network).fit(Clusters.THREE);
    assertSameBits(
        "encoder",
        Arrays.copyOfRange(head.parameters(), 0, shared),
        Arrays.copyOfRange(trained, 0, shared));
    assertThat(head.getCodeActivation()).isEqualTo("sigmoid");
    EncoderClassifierModel whole = classifier(network).setEpochs(60).fit(Clusters.THREE);
    assertThat(errors(whole, Clusters.THREE)).isLessThan(0.1);
  }

  @Test
  void validationRowsStopTheTrainingByTheirErrors() {
    EncoderClassifierModel model =
        new DenseClassifier()
            .setHiddenLayers(new int[] {4})
            .setStepSize(0.02)
            .setBatchSize(16)
            .setEpochs(60)
            .setValidationFraction(0.3)
            .setPatience(5)
            .fit(Clusters.THREE);
    TrainingSummary summary = model.summary().orElseThrow();
    assertThat(summary.stoppedEarly()).isTrue();
    assertThat(summary.validationRows()).isEqualTo(72);
    for (double rate : summary.validationHistory()) {
      assertThat(rate * 72).isCloseTo(Math.rint(rate * 72), within(1e-9)).isBetween(0.0, 72.0);
    }
    double[] losses =
        new DenseClassifier()
            .setEpochs(2)
            .setValidationFraction(0.3)
            .setValidationMetric("loss")
            .fit(Clusters.THREE)
            .summary()
            .orElseThrow()
            .validationHistory();
    assertThat(losses[1] * 72).isNotCloseTo(Math.rint(losses[1] * 72), within(1e-9));
  }

  @Test
  void sparseRowsAreClassifiedAsDenseOnes() {
    float[][] rows = Tables.sparse(6, 90, 60, 0.03);
    List<Row> dense = new ArrayList<>();
    List<Row> sparse = new ArrayList<>();
    for (int row = 0; row < rows.length; row++) {
      Vector vector = Tables.vector(rows[row]);
      double label = rows[row][0] + rows[row][1] > 0 ? 1 : row % 2;
      dense.add(RowFactory.create(vector.toDense(), label));
      sparse.add(RowFactory.create(vector.toSparse(), label));
    }
    Dataset<Row> denseRows = LocalSpark.session().createDataFrame(dense, Clusters.THREE.schema());
    Dataset<Row> sparseRows = LocalSpark.session().createDataFrame(sparse, Clusters.THREE.schema());
    AutoencoderModel encoder = Easy.autoencoder().setOutputActivation("linear").fit(denseRows);
    float[] ofDense = classifier(encoder).setEpochs(2).fit(denseRows).parameters();
    float[] ofSparse = classifier(encoder).setEpochs(2).fit(sparseRows).parameters();
    for (int i = 0; i < ofDense.length; i++) {
      assertThat(ofSparse[i]).isCloseTo(ofDense[i], within(1e-3f));
    }
  }
}
