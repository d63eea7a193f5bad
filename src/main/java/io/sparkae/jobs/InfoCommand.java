package io.sparkae.jobs;

import io.sparkae.core.linalg.Blas;
import io.sparkae.core.linalg.SgemmRate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what this machine runs on: versions, BLAS and its speed. */
final class InfoCommand implements Command {
  /** Seconds for which the speed of the BLAS is measured. */
  private static final double SECONDS = 1;

  @Override
  public String name() {
    return "info";
  }

  @Override
  public String summary() {
    return "shows versions, the BLAS in use and its measured speed";
  }

  @Override
  public List<Option<?>> options(List<String> args) {
    return List.of(Common.JSON, Common.MASTER);
  }

  @Override
  public void run(Arguments arguments, Console console) {
    warnOfPinnedKernels(System.getenv(), console);
    Blas.Description blas = Blas.description();
    if (!blas.isNative()) {
      console.progress("warning: the native OpenBLAS does not load: %s", blas.failure());
    }
    int cores = Runtime.getRuntime().availableProcessors();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("version", Main.version());
    facts.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    facts.put("java", System.getProperty("java.version"));
    facts.put("blas", blas.implementation());
    facts.put("blasLibrary", blas.library());
    facts.put("blasCore", blas.coreType());
    facts.put("master", Session.master(arguments));
    facts.put("cores", cores);
    facts.put("sgemmGflops", Math.rint(SgemmRate.measure(cores, SECONDS) * 10) / 10);
    if (arguments.get(Common.JSON)) {
      console.json(facts);
    } else {
      facts.forEach((name, value) -> console.result("%-12s %s", name, value));
    }
  }

  /** Warns of environment variables that make OpenBLAS choose other kernels than the best ones. */
  static void warnOfPinnedKernels(Map<String, String> environment, Console console) {
    for (String name : List.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        console.progress(
            "warning: %s=%s is set: OpenBLAS obeys and may run at half its speed; unset it",
            name, value);
      }
    }
  }
}
