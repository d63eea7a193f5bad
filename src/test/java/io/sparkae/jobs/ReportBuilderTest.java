package io.sparkae.jobs;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.ml.Autoencoder;
import io.sparkae.ml.DenseClassifier;
import io.sparkae.ml.EncoderClassifierModel;
import io.sparkae.ml.StackedAutoencoder;
import io.sparkae.report.ReportData;
import io.sparkae.spark.Tables;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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

  @Test
  void classifiersAreToldOfByTheirMistakes() {
    Dataset<Row> table =
        Tables.vectors(Tables.lowRank(3, 60, 6), 2)
            .withColumn("numbers", vector_to_array(col("features"), "float64"))
            .withColumn("label", expr("cast(numbers[0] > numbers[1] as double)"));
    EncoderClassifierModel model =
        new DenseClassifier().setHiddenLayers(new int[] {5}).setEpochs(5).fit(table);
    ReportData.ModelReport report = new ReportBuilder("m", model).onTrainingRows().with(table, 60);
    Dataset<Row> told = model.transform(table);
    long wrong = told.filter("label <> prediction").count();
    assertThat(report.facts())
        .containsEntry(
            "classified wrongly of these rows",
            String.format(Locale.ROOT, "%d (%.2f %%)", wrong, 100 * wrong / 60.0))
        .containsEntry("rows in this report", "60 of 60 that it was trained on");
    ReportData.Table classes = report.tables().get(0);
    assertThat(classes.title()).isEqualTo("Confusion matrix");
    assertThat(classes.head()).containsExactly("label", "0", "1", "wrong, %");
    for (int label = 0; label < 2; label++) {
      Dataset<Row> of = told.filter("label = " + label);
      long right = of.filter("prediction = " + label).count();
      long all = of.count();
      assertThat(classes.lines().get(label))
          .containsExactly(
              String.valueOf(label),
              label == 0 ? right : all - right,
              label == 0 ? all - right : right,
              Math.rint(1e4 * (all - right) / all) / 100);
    }
  }

  @Test
  void classifiersWithoutLabelsAreToldOfWithoutMistakes() {
    Dataset<Row> table = Tables.vectors(Tables.lowRank(3, 60, 6), 2);
    EncoderClassifierModel model =
        new DenseClassifier()
            .setEpochs(1)
            .fit(table.withColumn("label", monotonically_increasing_id().mod(2)));
    ReportData.ModelReport report = new ReportBuilder("m", model).with(table, 60);
    assertThat(report.facts()).doesNotContainKey("classified wrongly of these rows");
    assertThat(report.tables()).isEmpty();
  }

  private static ReportData.ModelReport report(EncoderClassifierModel model, String... labels) {
    Dataset<Row> rows = Tables.vectors(Tables.lowRank(5, labels.length, 6), 1);
    String array = String.join(", ", labels);
    Dataset<Row> table =
        rows.withColumn("class", expr("array(" + array + ")[monotonically_increasing_id()]"));
    return new ReportBuilder("m", model).with(table, labels.length);
  }

  /** What is no class is wrong, what is no label does not count. */
  @Test
  void oddLabelsAreCountedAsTheyAre() {
    Dataset<Row> table =
        Tables.vectors(Tables.lowRank(3, 60, 6), 2)
            .withColumn("class", monotonically_increasing_id().mod(2));
    EncoderClassifierModel model =
        new DenseClassifier().setLabelCol("class").setEpochs(1).fit(table);
    ReportData.ModelReport report =
        report(model, "0.5D", "double('NaN')", "null", "7D", "double('Infinity')");
    assertThat(report.facts())
        .containsEntry("rows in this report", "3 of 5")
        .containsEntry("classified wrongly of these rows", "3 (100.00 %)");
    assertThat(report.tables().get(0).lines())
        .extracting(line -> line.get(0))
        .containsExactly("0.5", "7", "Infinity");
    assertThat(report(model, "null", "null").tables()).isEmpty();
  }

  @Test
  void manyClassesMakeNoTable() {
    Dataset<Row> table =
        Tables.vectors(Tables.lowRank(3, 60, 6), 1)
            .withColumn("label", monotonically_increasing_id().mod(21));
    EncoderClassifierModel model = new DenseClassifier().setEpochs(1).fit(table);
    ReportData.ModelReport report = new ReportBuilder("m", model).with(table, 60);
    assertThat(report.facts()).containsKey("classified wrongly of these rows");
    assertThat(report.tables()).isEmpty();
  }
}
