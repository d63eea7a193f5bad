package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.ml.Autoencoder;
import io.sparkae.ml.StackedAutoencoder;
import io.sparkae.report.ReportData;
import io.sparkae.spark.Tables;
import org.junit.jupiter.api.Test;

/** What a report says of how models were trained. */
class ReportBuilderTest {
  private static StackedAutoencoder stack() {
    return new StackedAutoencoder()
        .setHiddenLayers(new int[] {5})
        .setCodeSize(2)
        .setLayerEpochs(new int[] {3, 2})
        .setReplicas(1);
  }

  private static ReportData.ModelReport report(StackedAutoencoder stack) {
    return new ReportBuilder("m", stack.fit(Tables.vectors(Tables.lowRank(3, 40, 6), 1)))
        .withoutRows();
  }

  @Test
  void untunedLayersThatTookAllRowsAreToldOfInIterations() {
    ReportData.ModelReport report = report(stack().setLayerOptimizer("lbfgs").setFineTune(false));
    assertThat(report.curves().unit()).isEqualTo("iteration");
    assertThat(report.pretraining()).extracting(ReportData.Curves::unit).containsOnly("iteration");
    assertThat(report.facts())
        .containsEntry("iterations (layer 2, 5-2)", "2")
        .containsKeys("training time (layer 2, 5-2)", "training time of all parts")
        .doesNotContainKeys("epochs", "epochs (layer 2, 5-2)");
  }

  @Test
  void tunedStacksAreToldOfInTheUnitsOfEachTraining() {
    ReportData.ModelReport report = report(stack().setLayerOptimizer("lbfgs").setEpochs(1));
    assertThat(report.curves().unit()).isEqualTo("epoch");
    assertThat(report.pretraining()).extracting(ReportData.Curves::unit).containsOnly("iteration");
    String whole = " (fine-tuning)";
    assertThat(report.facts())
        .containsEntry("epochs" + whole, "1")
        .containsKey("last training loss" + whole)
        .doesNotContainKey("iterations" + whole);
  }

  @Test
  void aModelOfOneTrainingHasItsFactsByTheirNamesAlone() {
    Autoencoder autoencoder = new Autoencoder().setCodeSize(2).setEpochs(1);
    ReportData.ModelReport report =
        new ReportBuilder("m", autoencoder.fit(Tables.vectors(Tables.lowRank(3, 40, 6), 1)))
            .withoutRows();
    assertThat(report.facts())
        .containsEntry("epochs", "1")
        .containsKeys("steps", "last training loss", "training time")
        .doesNotContainKey("training time of all parts");
  }
}
