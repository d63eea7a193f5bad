package io.sparkae.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands in a JVM of their own, which can be ended from outside. */
final class TrainJvm {
  private TrainJvm() {}

  /**
   * Starts a command on two threads; what it says goes to its output.
   *
   * @param folder where it runs and logs
   * @param arguments with blanks between them
   * @param options of the JVM
   */
  static Process start(Path folder, String arguments, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("jobs", "java.options").toAbsolutePath(),
                "-Xmx1g",
                "-Djava.io.tmpdir=" + folder,
                "-Dspark.master=local[2]",
                "-Dlog4j2.configurationFile=" + Path.of("jobs/log4j2.properties").toUri(),
                "-Dsparkae.log=" + folder.resolve("log"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(1, List.of(options));
    command.addAll(List.of(arguments.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("OPENBLAS_"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder.redirectErrorStream(true).start();
  }
}
