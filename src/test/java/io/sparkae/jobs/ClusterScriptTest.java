package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What jobs/cluster refuses by itself, before any Java starts. */
class ClusterScriptTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "nothing",
      value = {
        "nothing; say what to do: start, stop or status",
        "restart; the commands are start, stop and status, not restart",
        "start --worker 2; start has no option --worker",
        "stop --workers 2; stop has no option --workers",
        "start 3; start has no option 3",
        "start --workers 0; --workers must be a whole number from 1 to 999, not 0",
        "start --cores=1000; --cores must be a whole number from 1 to 999, not 1000",
        "start --memory 4; --memory must be a size such as 4g or 1500m, not 4",
        "start --memory; --memory needs a value",
        "start --memory --cores 2; --memory needs a value",
        "start --folder=; --folder needs a value",
        "start --properties-file none; --properties-file none does not exist or cannot be read",
        "stop --properties-file none; stop has no option --properties-file",
        "start --folder a:b; --folder must be a path without colons",
      })
  void wrongOptionsAreOneLineAndExitCodeTwo(String arguments, String said)
      throws IOException, InterruptedException {
    Run run = cluster(arguments == null ? "" : arguments);
    assertThat(run.code()).as(run.err()).isEqualTo(Main.USAGE);
    assertThat(run.err()).startsWith("jobs/cluster: ").contains(said);
    assertThat(run.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"start", "stop", "status"})
  void aFolderThatHoldsNoClusterIsLeftAlone(String command)
      throws IOException, InterruptedException {
    Path mine = Files.createDirectory(folder.resolve("mine"));
    Path file = Files.writeString(mine.resolve("thesis.tex"), "text");
    Run run = cluster(command + " --folder mine");
    assertThat(run.code()).isEqualTo(Main.USAGE);
    assertThat(run.err())
        .isEqualTo(
            "jobs/cluster: "
                + mine.toRealPath()
                + " is not empty and holds no cluster: name another --folder\n");
    assertThat(file).hasContent("text");
  }

  @Test
  void whereNothingRunsStopSaysSoAndStatusEndsWithOne() throws IOException, InterruptedException {
    Path none = folder.toRealPath().resolve("none");
    Run stopped = cluster("stop --folder none");
    assertThat(stopped)
        .isEqualTo(new Run(0, "", "jobs/cluster: no cluster runs in " + none + "\n"));
    Run told = cluster("status --folder none");
    assertThat(told).isEqualTo(new Run(1, "", stopped.err()));
    assertThat(none).doesNotExist();
  }

  private Run cluster(String arguments) throws IOException, InterruptedException {
    return new Shell(folder).run(Shell.script("cluster") + " " + arguments);
  }
}
