package io.sparkae.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * A direction whose products are computed later is the one whose products were computed at once.
 */
class DirectionTest {
  private static final ParameterLayout LAYOUT = new ParameterLayout();
  private static final ParameterSlice WEIGHT = LAYOUT.add("weight", 3, 2, Initializer.ZERO);
  private static final ParameterSlice BIAS = LAYOUT.add("bias", 1, 2, Initializer.ZERO);

  /** Xᵀ·Δ of X = (1 2 3; 4 5 6), Δ = (1 10; 100 1000). */
  private static final float[] PRODUCT = {401, 4010, 502, 5020, 603, 6030};

  private static WeightProduct product(boolean adds) {
    WeightProduct product =
        new WeightProduct(WEIGHT, new float[] {1, 2, 3, 4, 5, 6}, new float[] {1, 10, 100, 1000});
    product.setAdds(adds);
    product.setRows(2);
    return product;
  }

  /** Elements of 7, and the product. */
  private static Direction direction(boolean adds) {
    Direction direction = new Direction(LAYOUT.size());
    Arrays.fill(direction.elements(), 7f);
    direction.defer(product(adds));
    return direction;
  }

  private static float[] weights(float[] elements) {
    return Arrays.copyOf(elements, WEIGHT.length());
  }

  private static float[] times(float[] values, float factor, float more) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = factor * values[i] + more;
    }
    return result;
  }

  @Test
  void elementsAreComputedOnce() {
    Direction direction = direction(true);
    assertThat(weights(direction.elements())).containsExactly(times(PRODUCT, 1, 7));
    assertThat(weights(direction.elements())).containsExactly(times(PRODUCT, 1, 7));
    assertThat(direction.elements()[BIAS.offset()]).isEqualTo(7f);
  }

  @Test
  void firstProductOverwrites() {
    assertThat(weights(direction(false).elements())).containsExactly(PRODUCT);
  }

  @Test
  void otherSlicesAreLookedAtWithoutComputing() {
    Direction direction = direction(false);
    assertThat(direction.elements(BIAS)[0]).isEqualTo(7f);
    assertThat(direction.elements(WEIGHT)[0]).isEqualTo(PRODUCT[0]);
  }

  @Test
  void sumOfTilesIsTheSumOfTheElements() {
    for (boolean adds : new boolean[] {false, true}) {
      Direction[] parts = {direction(adds), direction(adds), direction(adds)};
      float[] target = parts[0].held();
      Direction.sum(parts, target, 0, 2); // a row of the weight
      Direction.sum(parts, target, 2, 6);
      Direction.sum(parts, target, BIAS.offset(), BIAS.end());
      assertThat(weights(target)).containsExactly(times(PRODUCT, 3, adds ? 21 : 0));
      assertThat(target[BIAS.offset()]).isEqualTo(21f);
    }
  }

  @Test
  void sumIntoAnotherArrayLeavesTheElementsAlone() {
    Direction[] parts = {direction(true), direction(true)};
    float[] target = new float[LAYOUT.size()];
    Arrays.fill(target, 1e9f);
    Direction.sum(parts, target, 0, 6);
    Direction.sum(parts, target, BIAS.offset(), BIAS.end());
    assertThat(weights(target)).containsExactly(times(PRODUCT, 2, 14));
    assertThat(parts[0].held()).containsOnly(7f);
  }

  @Test
  void secondProductOfASliceIsAdded() {
    Direction direction = direction(false);
    direction.defer(product(true));
    float[] target = new float[LAYOUT.size()];
    Direction.sum(new Direction[] {direction}, target, 0, 6);
    assertThat(weights(target)).containsExactly(times(PRODUCT, 2, 0));
  }

  @Test
  void forgottenProductsAreNotComputed() {
    Direction direction = direction(false);
    direction.forget();
    assertThat(direction.elements()).containsOnly(7f);
  }

  @Test
  void piecesOfRowsAreRefused() {
    assertThatThrownBy(() -> Direction.sum(new Direction[] {direction(false)}, new float[8], 1, 4))
        .hasMessageContaining("no whole rows of weight");
  }
}
