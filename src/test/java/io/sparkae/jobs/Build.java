package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** What the build makes before the integration tests run. */
final class Build {
  private Build() {}

  /** The job jar of this version. */
  static Path jobJar() {
    Path jar = Path.of("target", "spark-autoencoders-" + Main.version() + "-job.jar");
    assertThat(jar).as("made by ./mvnw package").exists();
    return jar.toAbsolutePath();
  }
}
