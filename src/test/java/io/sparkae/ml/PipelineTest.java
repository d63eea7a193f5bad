package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.LocalSpark;
import io.sparkae.spark.ChildJvm;
import io.sparkae.spark.Tables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An autoencoder among Spark's own stages. */
class PipelineTest {
  @TempDir private Path folder;

  /** Rows whose label says whether their first value is above a half. */
  private static Dataset<Row> labelled() {
    List<Row> rows = new ArrayList<>();
    for (float[] row : Tables.lowRank(5, 300, 10)) {
      rows.add(RowFactory.create(Tables.vector(row), row[0] > 0.5f ? 1.0 : 0.0));
    }
    return Tables.table(
        LocalSpark.session(),
        rows,
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType),
        2);
  }

  private static Pipeline pipeline() {
    Autoencoder autoencoder =
        new Autoencoder()
            .setCodeSize(3)
            .setOutputCol("code")
            .setStepSize(0.02)
            .setBatchSize(20)
            .setEpochs(10);
    LogisticRegression classifier = new LogisticRegression().setFeaturesCol("code").setMaxIter(30);
    return new Pipeline().setStages(new PipelineStage[] {autoencoder, classifier});
  }

  @Test
  void savedPipelinePredictsTheSameBitsInANewJvm() throws IOException, InterruptedException {
    String table = folder.resolve("table").toString();
    String saved = folder.resolve("pipeline").toString();
    labelled().coalesce(1).write().parquet(table);
    Dataset<Row> rows = LocalSpark.session().read().parquet(table);
    PipelineModel fitted = pipeline().fit(rows);
    fitted.write().save(saved);
    List<String> here = PipelineChild.bits(fitted.transform(rows));
    assertThat(new HashSet<>(here)).hasSize(300);
    assertThat(fitted.transform(rows).filter("prediction = label").count() / 300.0)
        .as("the codes hold the label")
        .isGreaterThan(0.95);
    assertThat(ChildJvm.run(folder, Map.of(), PipelineChild.class, saved, table))
        .containsExactlyElementsOf(here);
  }

  @Test
  void savedPipelineOfEstimatorsFitsTheSameModel() throws IOException {
    String saved = folder.resolve("estimators").toString();
    Pipeline pipeline = pipeline();
    pipeline.write().save(saved);
    Dataset<Row> rows = labelled();
    assertThat(PipelineChild.bits(Pipeline.load(saved).fit(rows).transform(rows)))
        .isEqualTo(PipelineChild.bits(pipeline.fit(rows).transform(rows)));
  }

  /** Rows of three factors: a code of three loses next to nothing, a code of one most. */
  @Test
  void crossValidatorPicksTheCodeSizeOfTheSmallerError() throws IOException {
    Autoencoder autoencoder =
        new Autoencoder()
            .setReconstructionCol("reconstruction")
            .setStepSize(0.05)
            .setBatchSize(20)
            .setEpochs(25);
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(autoencoder.codeSize(), new int[] {1, 3}).build();
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(autoencoder)
            .setEvaluator(new ReconstructionEvaluator())
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setSeed(1);
    CrossValidatorModel best = validator.fit(labelled());
    assertThat(best.avgMetrics()[1]).isLessThan(best.avgMetrics()[0] / 2);
    assertThat(((AutoencoderModel) best.bestModel()).getCodeSize()).isEqualTo(3);
    String saved = folder.resolve("validator").toString();
    best.write().save(saved);
    AutoencoderModel loaded = (AutoencoderModel) CrossValidatorModel.load(saved).bestModel();
    assertThat(loaded.parameters())
        .containsExactly(((AutoencoderModel) best.bestModel()).parameters());
  }
}
