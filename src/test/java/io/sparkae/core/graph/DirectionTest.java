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

  /** Row 1 of the weight holds 5 and 6; the others hold what is to be taken for 0. */
  private static Direction touched() {
    Direction direction = new Direction(LAYOUT.size());
    Arrays.fill(direction.elements(), 7f);
    direction.open(WEIGHT).touch(1, direction.held());
    direction.held()[2] = 5;
    direction.held()[3] = 6;
    return direction;
  }

  @Test
  void rowsThatWereNotTouchedAreZero() {
    assertThat(weights(touched().elements())).containsExactly(0, 0, 5, 6, 0, 0);
    assertThat(weights(touched().elements(WEIGHT))).containsExactly(0, 0, 5, 6, 0, 0);
    float[] target = new float[LAYOUT.size()];
    Arrays.fill(target, 1e9f);
    Direction.sum(new Direction[] {touched(), touched(), direction(false)}, target, 0, 6);
    assertThat(weights(target)).containsExactly(401, 4010, 502 + 10, 5020 + 12, 603, 6030);
  }

  @Test
  void touchedRowsAreFoundWhicheverDirectionHasThem() {
    ParameterLayout layout = new ParameterLayout();
    layout.add("before", 1, 4, Initializer.ZERO);
    ParameterSlice wide = layout.add("wide", 200, 3, Initializer.ZERO);
    Direction[] directions = {new Direction(layout.size()), new Direction(layout.size())};
    TouchedRows first = directions[0].open(wide);
    TouchedRows second = directions[1].open(wide);
    first.touch(0, directions[0].held());
    first.touch(199, directions[0].held());
    second.touch(63, directions[1].held());
    second.touch(64, directions[1].held());
    assertThat(Direction.touchedRowLength(directions, wide.offset())).isEqualTo(3);
    int[] expected = {0, 63, 64, 199};
    int at = Direction.nextTouchedRow(directions, wide.offset(), wide.end());
    for (int row : expected) {
      assertThat(at).isEqualTo(wide.offset() + 3 * row);
      at = at + 3 < wide.end() ? Direction.nextTouchedRow(directions, at + 3, wide.end()) : -1;
    }
    assertThat(at).isEqualTo(-1);
    int end = wide.offset() + 3 * 63;
    assertThat(Direction.nextTouchedRow(directions, wide.offset() + 3, end)).isEqualTo(end);
  }

  /** Elements of 7, which count for nothing. */
  private static Direction zero() {
    Direction zero = new Direction(LAYOUT.size());
    Arrays.fill(zero.held(), 7f);
    zero.setZero();
    return zero;
  }

  @Test
  void theContributionOfNoRowsIsZeroWhateverItsElementsHold() {
    assertThat(zero().elements()).containsOnly(0f);
    assertThat(weights(zero().elements(WEIGHT))).containsOnly(0f);
    float[] target = new float[LAYOUT.size()];
    for (Direction[] parts :
        new Direction[][] {{zero(), direction(false)}, {direction(false), zero()}}) {
      Arrays.fill(target, 1e9f);
      Direction.sum(parts, target, 0, 6);
      assertThat(weights(target)).containsExactly(PRODUCT);
    }
    Direction zero = zero();
    zero.forget();
    assertThat(weights(zero.elements())).containsOnly(7f);
  }

  @Test
  void theContributionOfNoRowsLeavesOthersTouchedRowsKnown() {
    for (Direction[] parts : new Direction[][] {{zero(), touched()}, {touched(), zero()}}) {
      assertThat(Direction.touchedRowLength(parts, 0)).isEqualTo(2);
      assertThat(Direction.nextTouchedRow(parts, 0, 6)).isEqualTo(2);
      assertThat(Direction.nextTouchedRow(parts, 4, 6)).isEqualTo(6);
    }
    assertThat(Direction.touchedRowLength(new Direction[] {zero(), zero()}, 0)).isZero();
  }

  @Test
  void nobodyPassesRowsOverThatAProductReaches() {
    Direction direction = touched();
    direction.defer(product(true));
    assertThat(Direction.touchedRowLength(new Direction[] {direction}, 0)).isZero();
    Direction[] mixed = {touched(), direction(false)};
    assertThat(Direction.touchedRowLength(mixed, 0)).isZero();
  }
}
