package io.sparkae.jobs;

import io.sparkae.core.train.FaultyObjective.Fault;
import io.sparkae.core.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on the shared cluster that must leave what one in this JVM leaves. */
@ExtendWith(SharedCluster.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
abstract class ClusterTrainings {
  @TempDir static Path folder;
  static TestCluster cluster;

  /** Where trainings run; of the subclass, which starts it. */
  static SparkSession spark;

  static TrainingResult undisturbed;

  @BeforeAll
  static void trainUndisturbed(TestCluster shared) throws IOException {
    undisturbed = FaultyTraining.undisturbed(folder);
    cluster = shared;
  }

  @AfterAll
  static void endSession() {
    TestCluster.endSession();
  }

  static FaultyTraining training(Fault... faults) throws IOException {
    return FaultyTraining.of(spark, folder, faults);
  }
}
