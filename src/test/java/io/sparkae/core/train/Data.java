package io.sparkae.core.train;

import io.sparkae.core.graph.ColumnSpec;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Blocks of made-up rows. */
final class Data {
  private Data() {}

  /** A block of these rows; columns[c][row] holds a row of column c. */
  static Block block(List<ColumnSpec> specs, float[][]... columns) {
    BlockBuilder builder = new BlockBuilder(specs);
    for (int row = 0; row < columns[0].length; row++) {
      for (int c = 0; c < columns.length; c++) {
        float[] values = columns[c][row];
        if (specs.get(c).sparse()) {
          int[] nonZeros = IntStream.range(0, values.length).filter(i -> values[i] != 0).toArray();
          double[] elements = IntStream.of(nonZeros).mapToDouble(i -> values[i]).toArray();
          builder.addSparse(c, nonZeros, elements);
        } else {
          System.arraycopy(
              values, 0, builder.denseTarget(c), builder.denseOffset(c), values.length);
        }
      }
      builder.endRow();
    }
    return builder.build();
  }

  /** Uniform numbers in [0, 1), some of them 0. */
  static float[][] uniform(Random random, int rows, int width) {
    float[][] values = new float[rows][width];
    for (float[] row : values) {
      for (int i = 0; i < width; i++) {
        row[i] = random.nextInt(4) == 0 ? 0 : random.nextFloat();
      }
    }
    return values;
  }

  /** One number for each row; every third is missing. */
  static float[][] labels(Random random, int rows) {
    float[][] labels = new float[rows][1];
    for (int i = 0; i < rows; i++) {
      labels[i][0] = i % 3 == 1 ? Float.NaN : (float) random.nextGaussian();
    }
    return labels;
  }

  /** Class indices below {@code classes}. */
  static float[][] classes(Random random, int rows, int classes) {
    float[][] labels = new float[rows][1];
    for (float[] label : labels) {
      label[0] = random.nextInt(classes);
    }
    return labels;
  }
}
