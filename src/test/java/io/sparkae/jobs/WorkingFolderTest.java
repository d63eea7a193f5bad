package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What relative paths mean, by the settings that spark-submit hands to a driver. */
class WorkingFolderTest {
  private static final String MODE = "spark.submit.deployMode";
  private static final String FOLDER = "spark.sparkae.folder";
  private final Path relative = new Path("out/rows");

  @AfterEach
  void forget() {
    System.clearProperty(MODE);
    System.clearProperty(FOLDER);
  }

  private static void require(Path path) throws IOException {
    WorkingFolder.require("input", path, FileSystem.getLocal(new Configuration()));
  }

  @Test
  void aRelativePathThatWouldMeanTheDriversOwnFolderIsRefused() {
    System.setProperty(MODE, "cluster");
    assertThatThrownBy(() -> require(relative))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--input out/rows is relative, but with --deploy-mode cluster the driver has a folder"
                + " of its own: give the whole path, with file:// or hdfs:// if need be");
    assertThatCode(() -> require(new Path("/out/rows"))).doesNotThrowAnyException();
  }

  @Test
  void aRelativePathIsFineWhereTheCallersFolderIsKnown() {
    assertThatCode(() -> require(relative)).doesNotThrowAnyException();
    System.setProperty(MODE, "cluster");
    System.setProperty(FOLDER, "/home/me");
    assertThatCode(() -> require(relative)).doesNotThrowAnyException();
  }

  @Test
  void filesOfTheCommandLineAreThoseOfTheCallersFolder() {
    assertThat(WorkingFolder.file("a.conf")).isEqualTo(new File("a.conf"));
    System.setProperty(FOLDER, "/home/me");
    assertThat(WorkingFolder.file("a.conf")).isEqualTo(new File("/home/me/a.conf"));
    assertThat(WorkingFolder.file("/b.conf")).isEqualTo(new File("/b.conf"));
  }
}
