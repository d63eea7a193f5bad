package io.sparkae.core.seam;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.objective.LossSpec;
import io.sparkae.core.objective.Sums;
import io.sparkae.core.objective.Term;
import io.sparkae.core.objective.WeightSpec;
import io.sparkae.core.objective.Workspace;
import java.util.Arrays;
import java.util.List;

/**
 * mean over all rows of ½‖x − w‖² + mean over the labelled rows of ½(v·x − label)²; a label that is
 * not a number is no label. The second term covers {@code w} as well, by a pull of label/10 on each
 * element.
 */
public final class PartlyLabelled extends TinyObjective {
  private static final long serialVersionUID = 1L;

  private final int width;

  /** For rows of that width. */
  public PartlyLabelled(int width) {
    super(ColumnSpec.dense(ColumnSpec.FEATURES, width), ColumnSpec.dense("label", 1));
    this.width = width;
    parameters("w", 1, width);
    parameters("v", 1, width);
  }

  @Override
  public List<WeightSpec> weights() {
    return List.of(WeightSpec.ROWS, new WeightSpec("labelled", 1));
  }

  @Override
  public List<Term> terms() {
    return List.of(
        new Term("reconstruction", 0, width, "rows"),
        new Term("prediction", 0, 2 * width, "labelled"));
  }

  @Override
  public List<LossSpec> losses() {
    return List.of(new LossSpec("reconstruction", "rows"), new LossSpec("prediction", "labelled"));
  }

  @Override
  public boolean isExactGradient() {
    return true;
  }

  @Override
  public Workspace newWorkspace(Minibatch minibatch) {
    return (pass, sums) -> {
      Arrays.fill(sums.directions()[0], 0, width, 0f);
      Arrays.fill(sums.directions()[1], 0f);
      for (int row = 0; row < pass.rows(); row++) {
        float label = minibatch.column("label").values()[row];
        float[] x = minibatch.column(0).values();
        reconstruct(pass.parameters(), x, row * width, sums);
        if (!Float.isNaN(label)) {
          predict(pass.parameters(), x, row * width, label, sums);
        }
      }
    };
  }

  private void reconstruct(float[] w, float[] x, int at, Sums sums) {
    for (int i = 0; i < width; i++) {
      float difference = w[i] - x[at + i];
      sums.directions()[0][i] += difference;
      sums.losses()[0] += 0.5 * difference * difference;
    }
    sums.weights()[0][0]++;
  }

  private void predict(float[] w, float[] x, int at, float label, Sums sums) {
    double error = -label;
    for (int i = 0; i < width; i++) {
      error += (double) w[width + i] * x[at + i];
      sums.losses()[1] += 0.1 * label * w[i];
      sums.directions()[1][i] += 0.1f * label;
    }
    for (int i = 0; i < width; i++) {
      sums.directions()[1][width + i] += (float) (error * x[at + i]);
    }
    sums.losses()[1] += 0.5 * error * error;
    sums.weights()[1][0]++;
  }
}
