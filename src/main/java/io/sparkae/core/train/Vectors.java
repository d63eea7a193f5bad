package io.sparkae.core.train;

import java.util.List;

/** Vectors of a checkpoint put where a training has its own. */
final class Vectors {
  private Vectors() {}

  static void copy(double[] from, double[] to) {
    requireFit(from.length, to.length);
    System.arraycopy(from, 0, to, 0, to.length);
  }

  static void copy(float[] from, float[] to) {
    requireFit(from.length, to.length);
    System.arraycopy(from, 0, to, 0, to.length);
  }

  static void copy(List<double[]> from, double[][] to) {
    requireFit(from.size(), to.length);
    for (int i = 0; i < to.length; i++) {
      copy(from.get(i), to[i]);
    }
  }

  static void copyFloats(List<float[]> from, float[][] to) {
    requireFit(from.size(), to.length);
    for (int i = 0; i < to.length; i++) {
      copy(from.get(i), to[i]);
    }
  }

  private static void requireFit(int found, int wanted) {
    if (found != wanted) {
      throw new IllegalArgumentException(
          "resume: the checkpoint has " + found + " numbers where the training has " + wanted);
    }
  }
}
