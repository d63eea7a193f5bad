package io.sparkae.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sparkae.core.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeBlasTest {
  private static final double LARGEST_ERROR = 40;

  private static String value(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + "="))
        .findFirst()
        .orElseThrow()
        .substring(name.length() + 1);
  }

  private static void assumeLinux() {
    assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
  }

  @Test
  void thisJvmUsesTheNativeLibraryOfTheMavenArtifact() throws IOException {
    assumeLinux();
    Blas.Description blas = Blas.description();
    assertThat(blas.failure()).isEmpty();
    assertThat(blas.isNative()).isTrue();
    assertThat(blas.implementation()).isEqualTo("JNIBLAS");
    assertThat(blas.library()).contains("bytedeco").contains("openblas");
    assertThat(blas.coreType()).isNotEmpty().isNotEqualTo("unknown");
    Path library = Path.of(blas.library()).toRealPath();
    assertThat(Files.readString(Path.of("/proc/self/maps"))).contains(library.toString());
  }

  @Test
  void aFreshJvmMapsOneOpenBlasThatUsesOneThread() throws IOException {
    assumeLinux();
    List<String> lines = ChildJvm.run(BlasProbe.class);
    assertThat(value(lines, "failure")).isEmpty();
    assertThat(value(lines, "coreType")).isNotEmpty().isNotEqualTo("unknown");
    assertThat(Double.parseDouble(value(lines, "error"))).isLessThan(LARGEST_ERROR);
    // Set in the copy that is mapped, whatever the environment says: the child has no such
    // variable.
    assertThat(value(lines, "threads")).isEqualTo("1");
    String library = Path.of(value(lines, "library")).toRealPath().toString();
    assertThat(lines)
        .filteredOn(line -> line.matches("mapped=.*/lib(open|c|f)?blas[^/]*"))
        .containsExactly("mapped=" + library);
  }

  @Test
  void withoutNativesTheProductsAreStillRightAndTheReasonIsNamed() {
    List<String> lines =
        ChildJvm.run(
            BlasProbe.class,
            "-Dorg.bytedeco.javacpp.platform=linux-nosuch",
            "-Ddev.ludovic.netlib.blas.nativeLib=none-of-the-system"); // which may have OpenBLAS
    assertThat(value(lines, "library")).isEmpty();
    assertThat(value(lines, "coreType")).isEmpty();
    assertThat(value(lines, "implementation")).isNotEqualTo("JNIBLAS");
    assertThat(value(lines, "failure")).contains("jniopenblas_nolapack");
    assertThat(Double.parseDouble(value(lines, "error"))).isLessThan(LARGEST_ERROR);
    assertThat(lines).noneMatch(line -> line.matches("mapped=.*/libopenblas[^/]*"));
  }
}
