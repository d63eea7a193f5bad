package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(report.facts()).containsEntry("iterations", "2").doesNotContainKey("epochs");
  }

  @Test
  void tunedStacksAreToldOfInTheUnitsOfEachTraining() {
    ReportData.ModelReport report = report(stack().setLayerOptimizer("lbfgs").setEpochs(1));
    assertThat(report.curves().unit()).isEqualTo("epoch");
    assertThat(report.pretraining()).extracting(ReportData.Curves::unit).containsOnly("iteration");
    assertThat(report.facts()).containsEntry("epochs", "1").doesNotContainKey("iterations");
  }
}
