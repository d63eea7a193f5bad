package io.sparkae.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Bash scripts in a folder, as a person types them, with the JDK of the tests and no Spark. */
record Shell(Path folder) {

  /** A script under way, which writes into two files. */
  record Running(Process process, Path out, Path err) {
    /** Waits for its end. */
    Run end() throws IOException, InterruptedException {
      int code = process.waitFor();
      return new Run(code, Files.readString(out), Files.readString(err));
    }
  }

  Running start(String script) throws IOException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(List.of("bash", "-e", "-o", "pipefail", "-c", script))
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches("(SPARK|OPENBLAS)_.*"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    return new Running(builder.start(), out, err);
  }

  Run run(String script) throws IOException, InterruptedException {
    return start(script).end();
  }

  /** A word that bash takes literally. */
  static String quoted(Object word) {
    return "'" + word.toString().replace("'", "'\\''") + "'";
  }

  /** What bash says of a script of this repository. */
  static String script(String name) {
    return quoted(Path.of("jobs", name).toAbsolutePath());
  }
}
