package io.sparkae.core.graph;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.linalg.VectorMath;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterLayoutTest {
  @Test
  void slicesFollowEachOtherWithoutGaps() {
    ParameterLayout layout = new ParameterLayout();
    ParameterSlice first = layout.add("first", 3, 4, Initializer.ZERO);
    ParameterSlice second = layout.add("second", 1, 5, Initializer.ZERO);
    assertThat(first.offset()).isZero();
    assertThat(first.end()).isEqualTo(12).isEqualTo(second.offset());
    assertThat(layout.size()).isEqualTo(17).isEqualTo(second.end());
    assertThat(layout.slices()).containsExactly(first, second);
    assertThat(layout.slice("second")).isEqualTo(second);
  }

  @Test
  void namesAndSizesThatCannotBeAreRefused() {
    ParameterLayout layout = new ParameterLayout();
    layout.add("a", 1 << 15, 1 << 15, Initializer.ZERO);
    assertThatThrownBy(() -> layout.add("a", 1, 1, Initializer.ZERO))
        .hasMessage("two parameter slices are named a");
    assertThatThrownBy(() -> layout.add("b", 1 << 15, 1 << 15, Initializer.ZERO))
        .hasMessage("the model has more than 2^31 parameters: b is 32768 x 32768");
    assertThatThrownBy(() -> layout.slice("c")).hasMessage("no parameter slice is named c");
  }

  @Test
  void initialWeightsHaveTheSpreadOfTheirDistribution() {
    ParameterLayout layout = new ParameterLayout();
    ParameterSlice xavier = layout.add("xavier", 200, 100, Initializer.XAVIER);
    ParameterSlice zero = layout.add("zero", 1, 100, Initializer.ZERO);
    ParameterSlice normal = layout.add("normal", 200, 101, Initializer.normal(0.3));
    float[] w = layout.initialParameters(Seed.of("initial weights"));
    double limit = Math.sqrt(6.0 / 300);
    double largest = 0;
    for (int i = xavier.offset(); i < xavier.end(); i++) {
      largest = Math.max(largest, Math.abs(w[i]));
    }
    assertThat(largest).isBetween(0.999 * limit, limit);
    assertThat(deviation(w, xavier)).isCloseTo(limit / Math.sqrt(3), within(0.01 * limit));
    assertThat(deviation(w, zero)).isZero();
    assertThat(deviation(w, normal)).isCloseTo(0.3, within(0.01));
  }

  /** Root of the mean square: the means are 0. */
  private static double deviation(float[] w, ParameterSlice slice) {
    double mean = VectorMath.sum(w, slice.offset(), slice.length()) / slice.length();
    assertThat(mean).isCloseTo(0, within(0.01));
    return Math.sqrt(VectorMath.dot(w, w, slice.offset(), slice.length()) / slice.length());
  }

  @Test
  void initialWeightsAreAFunctionOfSeedAndSlice() {
    ParameterLayout layout = new ParameterLayout();
    layout.add("a", 10, 10, Initializer.XAVIER);
    layout.add("b", 10, 10, Initializer.XAVIER);
    float[] w = layout.initialParameters(3);
    assertSameBits("again", layout.initialParameters(3), w);
    assertThat(layout.initialParameters(4)[0]).isNotEqualTo(w[0]);
    assertThat(w[100]).isNotEqualTo(w[0]);
  }

  @Test
  void minibatchWithoutTheColumnSaysSo() {
    Minibatch minibatch = new Minibatch(List.of(ColumnSpec.dense("features", 2)), 1);
    assertThatThrownBy(() -> minibatch.column("label"))
        .hasMessage("the minibatch has no column label");
  }
}
