package io.sparkae.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.graph.MinibatchColumn.Element;
import org.junit.jupiter.api.Test;

/** What a column of a minibatch tells of its elements. */
class MinibatchColumnTest {
  @Test
  void theLargestElementOfADenseRowIsFoundByItsMagnitude() {
    MinibatchColumn column = new MinibatchColumn(ColumnSpec.dense("features", 3), 2);
    column.setRow(0, new float[] {9, 9, 9}, 0);
    column.setRow(1, new float[] {7, 1, -4, 2}, 1);
    assertThat(column.largest(1)).isEqualTo(new Element(1, 4));
    column.setRow(1, new float[] {0, 0, 0}, 0);
    assertThat(column.largest(1)).isEqualTo(new Element(0, 0));
  }

  @Test
  void theLargestElementOfASparseRowHasItsColumnNumber() {
    MinibatchColumn column = new MinibatchColumn(new ColumnSpec("features", 1000, true), 2);
    column.setSparseRow(0, new int[] {3, 5}, new double[] {10, 20});
    column.setSparseRow(1, new int[] {7, 800, 999}, new double[] {1, -8, 2});
    assertThat(column.largest(0)).isEqualTo(new Element(5, 20));
    assertThat(column.largest(1)).isEqualTo(new Element(800, 8));
  }

  @Test
  void nothingIsLargerThanNoNumber() {
    MinibatchColumn column = new MinibatchColumn(ColumnSpec.dense("features", 3), 1);
    column.setRow(0, new float[] {1, Float.NaN, Float.POSITIVE_INFINITY}, 0);
    assertThat(column.largest(0)).isEqualTo(new Element(1, Double.NaN));
    assertThat(new Element(0, 3).isBelow(4)).isTrue();
    assertThat(new Element(0, 3).isBelow(3)).isFalse();
    assertThat(new Element(0, 3).isBelow(Double.NaN)).isTrue();
  }
}
