package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void mnistIsLookedForInTheCallersFolder(@TempDir java.nio.file.Path folder) throws IOException {
    java.nio.file.Path mnist = Files.createDirectories(folder.resolve("data").resolve("mnist"));
    for (String name : Mnist.FILES.subList(0, 3)) {
      Files.createFile(mnist.resolve(name));
    }
    System.setProperty(FOLDER, folder.toString());
    assertThatThrownBy(() -> Mnist.require("mnist", "data"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--mnist data has not all of MNIST: "
                + mnist.resolve(Mnist.FILES.get(3))
                + " is missing (with or without .gz)");
    Files.createFile(mnist.resolve(Mnist.FILES.get(3)));
    assertThat(Mnist.folder("data")).contains(mnist);
  }

  @Test
  void filesOfTheCommandLineAreThoseOfTheCallersFolder() {
    assertThat(WorkingFolder.file("a.conf")).isEqualTo(new File("a.conf"));
    System.setProperty(FOLDER, "/home/me");
    assertThat(WorkingFolder.file("a.conf")).isEqualTo(new File("/home/me/a.conf"));
    assertThat(WorkingFolder.file("/b.conf")).isEqualTo(new File("/b.conf"));
  }
}
