package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/**
 * Keeps the k largest units of each row's code and makes the rest 0, in place; the gradient goes
 * through the kept units alone. Of equal units the first ones stay. Source: Makhzani and Frey 2013.
 */
final class KSparse extends Node {
  private final KSparsity sparsity;
  private final float[] scratch;
  private final boolean[] kept;

  KSparse(int capacity, Node code, KSparsity sparsity) {
    super(code.width(), code.samples(), code.value(), code.gradient());
    this.sparsity = sparsity;
    this.scratch = new float[code.width()];
    this.kept = new boolean[Math.multiplyExact(capacity * code.samples(), code.width())];
  }

  @Override
  protected void forward(Pass pass) {
    int wanted = pass.isTraining() ? sparsity.training(pass.progress()) : sparsity.encoding();
    int k = Math.min(width(), wanted);
    for (int row = 0; row < rows(pass); row++) {
      keepLargest(row * width(), k);
    }
  }

  private void keepLargest(int at, int k) {
    float[] h = value();
    System.arraycopy(h, at, scratch, 0, width());
    float threshold = largest(scratch, k);
    int above = 0;
    for (int i = at; i < at + width(); i++) {
      above += h[i] > threshold ? 1 : 0;
    }
    int ties = k - above;
    for (int i = at; i < at + width(); i++) {
      boolean tie = h[i] == threshold && ties > 0;
      ties -= tie ? 1 : 0;
      kept[i] = tie || !(h[i] <= threshold); // a NaN stays, to be noticed
      h[i] = kept[i] ? h[i] : 0;
    }
  }

  /** The k-th largest of the values, which are reordered (Hoare's selection, 1961). */
  static float largest(float[] values, int k) {
    int low = 0;
    int high = values.length - 1;
    int place = k - 1;
    while (low < high) {
      float pivot = values[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] > pivot) {
          i++;
        }
        while (values[j] < pivot) {
          j--;
        }
        if (i <= j) {
          float swapped = values[i];
          values[i++] = values[j];
          values[j--] = swapped;
        }
      }
      if (place <= j) {
        high = j;
      } else if (place >= i) {
        low = i;
      } else {
        break;
      }
    }
    return values[place];
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    float[] delta = gradient();
    for (int i = 0; i < rows(pass) * width(); i++) {
      delta[i] = kept[i] ? delta[i] : 0;
    }
  }
}
