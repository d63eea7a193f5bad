package io.sparkae.core.linalg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.bytedeco.openblas.global.openblas_nolapack;

/** Prints which BLAS a fresh JVM uses, whether it multiplies right, and what it has mapped. */
final class BlasProbe {
  private BlasProbe() {}

  public static void main(String[] arguments) throws IOException {
    Blas.Description blas = Blas.description();
    System.out.println("implementation=" + blas.implementation());
    System.out.println("library=" + blas.library());
    System.out.println("coreType=" + blas.coreType());
    if (blas.isNative()) {
      System.out.println("threads=" + openblas_nolapack.blas_get_num_threads());
    }
    System.out.println("failure=" + blas.failure());
    double worst = 0;
    for (int i = 0; i < 8; i++) {
      worst =
          Math.max(
              worst,
              MultiplyCheck.worstError(
                  new Random(i),
                  i % 2 == 0,
                  i / 2 % 2 == 0,
                  new int[] {9, 17, 33},
                  2,
                  i < 4 ? 0f : 1f));
    }
    System.out.println("error=" + worst);
    Path maps = Path.of("/proc/self/maps");
    if (Files.exists(maps)) {
      Files.readAllLines(maps).stream()
          .map(line -> line.replaceFirst("^[^/]*", ""))
          .filter(path -> path.startsWith("/"))
          .distinct()
          .forEach(path -> System.out.println("mapped=" + path));
    }
  }
}
