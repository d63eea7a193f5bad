package io.sparkae.ml;

import static io.sparkae.core.SameBits.assertSameBits;
import static io.sparkae.ml.Clusters.classifier;
import static io.sparkae.ml.Clusters.encoder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sparkae.spark.NothingStaysInMemory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Classifiers and their encoders are saved and named by their folders. */
@ExtendWith(NothingStaysInMemory.class)
class ClassifierPersistenceTest {
  @TempDir private Path folder;

  @Test
  void savedModelPredictsTheSame() throws IOException {
    EncoderClassifierModel model = classifier(encoder()).setEpochs(2).fit(Clusters.THREE);
    String path = folder.resolve("model").toString();
    model.write().save(path);
    EncoderClassifierModel read = EncoderClassifierModel.load(path);
    assertThat(read.transform(Clusters.THREE).collectAsList())
        .isEqualTo(model.transform(Clusters.THREE).collectAsList());
    assertThat(read.summary().orElseThrow().pretraining()).hasSize(1);
  }

  @Test
  void encoderMayBeNamedByItsFolder() throws IOException {
    AutoencoderModel encoder = encoder();
    String path = folder.resolve("encoder").toString();
    encoder.write().save(path);
    EncoderClassifier named = classifier(null).setEncoder(path).setEpochs(2);
    String saved = folder.resolve("classifier").toString();
    named.write().save(saved);
    assertSameBits(
        "parameters",
        EncoderClassifier.load(saved).fit(Clusters.THREE).parameters(),
        classifier(encoder).setEpochs(2).fit(Clusters.THREE).parameters());
    assertThat(catchThrowable(() -> classifier(encoder).write()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name its folder by encoder");
    assertThat(catchThrowable(() -> classifier(encoder).setEncoder(path).fit(Clusters.THREE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("exclude each other");
    assertThat(catchThrowable(() -> classifier(null).fit(Clusters.THREE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("encoder is missing: ");
  }

  @Test
  void anotherModelIsNoEncoder() throws IOException {
    String path = folder.resolve("dense").toString();
    new DenseClassifier().setEpochs(1).fit(Clusters.THREE).write().save(path);
    assertThat(catchThrowable(() -> classifier(null).setEncoder(path).fit(Clusters.THREE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(path + " is an EncoderClassifierModel, not a saved AutoencoderModel");
  }
}
