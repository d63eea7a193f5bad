package io.sparkae.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Interpreted and compiled code give the same bits: retried tasks and cold executors must agree.
 */
class VectorMathBitsTest {
  /** Passes over all functions after which C2 has compiled every loop. */
  private static final int PASSES = 300;

  @Test
  void hotCodeGivesTheBitsOfTheInterpreter() {
    List<String> interpreted = ChildJvm.run(VectorMathChecksums.class, "-Xint");
    List<String> first = VectorMathChecksums.compute();
    for (int pass = 1; pass < PASSES; pass++) {
      assertThat(VectorMathChecksums.compute()).isEqualTo(first);
    }
    assertThat(first).hasSizeGreaterThan(20).isEqualTo(interpreted);
  }
}
