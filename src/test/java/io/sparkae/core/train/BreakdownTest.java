package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.graph.MinibatchColumn.Element;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What a loss that is no number any more is put down to. */
class BreakdownTest {
  private static Breakdown breakdown(double largestParameter, double largestInput) {
    return new Breakdown(
        4, largestParameter, new Breakdown.LargestInput(17, new Element(29, largestInput)));
  }

  private static String advice(double largestParameter, double largestInput) {
    return breakdown(largestParameter, largestInput).advice(0.5);
  }

  @Test
  void largeParametersPointToTheStepSize() {
    assertThat(advice(3.21e19, 1))
        .isEqualTo(
            "the parameters had grown to 3.210e+19: a smaller stepSize (now 0.5), warmupEpochs or"
                + " clipNorm may help");
    assertThat(advice(Double.NaN, 1)).startsWith("the parameters had grown beyond the range");
    assertThat(advice(1e9, 255))
        .endsWith(
            "may help; row 17 of the training rows holds 255.0 at element 29 of its features: scaled features too");
  }

  @Test
  void largeInputPointsToItsRow() {
    assertThat(advice(0.7, 1e30))
        .isEqualTo(
            "row 17 of the training rows holds 1.000e+30 at element 29 of its features: scaled"
                + " features may help");
    assertThat(advice(0.7, Double.NaN)).startsWith("row 17 of the training rows holds NaN");
  }

  @Test
  void otherwiseBothMayHelp() {
    assertThat(advice(0.7, 1))
        .isEqualTo(
            "a smaller stepSize (now 0.5), warmupEpochs or clipNorm may help, or scaled features");
  }

  @Test
  void ofValidationRowsOnlyARowBesideSoundParametersIsToBlame() {
    assertThat(breakdown(0.7, 1e30).adviceOnValidation())
        .isEqualTo(
            "row 17 of the validation rows holds 1.000e+30 at element 29 of its features: mend the"
                + " row or leave it out");
    assertThat(breakdown(1e30, 255).adviceOnValidation())
        .isEqualTo(
            "the parameters had grown to 1.000e+30: a smaller stepSize, warmupEpochs or clipNorm"
                + " may help");
    assertThat(breakdown(Double.NaN, 255).adviceOnValidation())
        .startsWith("the parameters had grown beyond the range of floats: ");
  }

  @Test
  void beforeTheFirstStepOnlyTheFeaturesCanBeTheCause() {
    assertThat(breakdown(0.7, 1e30).adviceAtStart())
        .isEqualTo(
            "row 17 of the training rows holds 1.000e+30 at element 29 of its features: scaled"
                + " features may help");
    assertThat(breakdown(0.7, 1).adviceAtStart()).isEqualTo("scaled features may help");
  }

  @Test
  void travelsWithARoundsResult() {
    ByteBuffer bytes = ByteBuffer.allocate(Breakdown.BYTES);
    Breakdown breakdown = breakdown(1e9, Double.NaN);
    breakdown.write(bytes);
    assertThat(bytes.hasRemaining()).isFalse();
    assertThat(Breakdown.read(bytes.flip())).isEqualTo(breakdown);
  }

  @Test
  void largestMagnitudeOfNoNumberIsNone() {
    assertThat(Breakdown.largestMagnitude(new float[] {1, -3, 2})).isEqualTo(3);
    assertThat(Breakdown.largestMagnitude(new float[] {1, Float.NaN, 2})).isNaN();
  }
}
