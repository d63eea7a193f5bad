package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.data.LocalSpark;
import io.sparkae.spark.JobDescription;
import io.sparkae.spark.JobDescriptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark's UI says of the jobs of each command. */
class CommandJobsTest {
  @TempDir private Path folder;

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  /** The descriptions of all jobs of a command that succeeds. */
  private static List<String> heard(String... args) throws TimeoutException {
    SparkContext context = LocalSpark.session().sparkContext();
    context.setJobDescription("mine");
    try (JobDescriptions jobs = new JobDescriptions()) {
      Run run = Run.of(args);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(context.getLocalProperty(JobDescription.PROPERTY)).isEqualTo("mine");
      return jobs.heard();
    } finally {
      context.setJobDescription(null);
    }
  }

  @Test
  void everyJobSaysWhoStartedItAndTheCallersWordsComeBack() throws IOException, TimeoutException {
    String rows =
        IntStream.range(0, 40)
            .mapToObj(i -> i + "," + (i * i % 7) + "," + i % 2)
            .collect(Collectors.joining("\n", "a,b,kind\n", "\n"));
    String csv = Files.writeString(folder.resolve("rows.csv"), rows).toString();
    String table = path("table");
    String model = path("model");
    assertThat(
            heard(
                "ingest",
                "--format",
                "csv",
                "--label",
                "kind",
                "--scale",
                "standard",
                "--input",
                csv,
                "--output",
                table))
        .isNotEmpty()
        .allMatch(("sparkae ingest --output " + table)::equals);
    assertThat(
            heard(
                "train", "--input", table, "--output", model, "--code-size", "1", "--epochs", "2"))
        .contains(
            "sparkae: packing rows",
            "sparkae: epoch 2/2 round 1/1",
            "sparkae: rows for the report of " + model,
            "sparkae: saving a model")
        .allMatch(
            one -> one.startsWith("sparkae: ") || one.equals("sparkae train --output " + model));
    assertThat(heard("encode", "--model", model, "--input", table, "--output", path("codes")))
        .contains("sparkae: loading the model of " + model)
        .contains("sparkae encode --output " + path("codes"))
        .allMatch(one -> one.startsWith("sparkae"));
    assertThat(heard("evaluate", "--model", model, "--input", table))
        .contains("sparkae evaluate --model " + model)
        .allMatch(one -> one.startsWith("sparkae"));
    assertThat(heard("report", "--model", model, "--input", table, "--output", path("r.html")))
        .contains("sparkae: rows for the report of " + model)
        .allMatch(one -> one.startsWith("sparkae"));
    assertThat(
            heard(
                "classify",
                "--train",
                path("codes"),
                "--test",
                path("codes"),
                "--features",
                "code"))
        .isNotEmpty()
        .allMatch("sparkae classify"::equals);
  }
}
