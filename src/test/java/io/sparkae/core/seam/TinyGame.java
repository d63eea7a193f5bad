package io.sparkae.core.seam;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.objective.LossSpec;
import io.sparkae.core.objective.ParameterGroup;
import io.sparkae.core.objective.WeightSpec;
import io.sparkae.core.objective.Workspace;
import java.util.List;

/**
 * Two players over f(x, y) = x·y + data·x − y²/4: {@code x} descends, {@code y} ascends, each along
 * its own gradient, at once and with settings of its own.
 */
public final class TinyGame extends TinyObjective {
  private static final long serialVersionUID = 1L;

  /** With one number for each player. */
  public TinyGame() {
    super(ColumnSpec.dense(ColumnSpec.FEATURES, 1));
    parameters("x", 1, 1);
    parameters("y", 1, 1);
  }

  @Override
  public List<ParameterGroup> groups() {
    return List.of(new ParameterGroup("descender", 0, 1), new ParameterGroup("ascender", 1, 2));
  }

  @Override
  public List<LossSpec> losses() {
    return List.of(
        new LossSpec("descender", WeightSpec.ROWS.name()),
        new LossSpec("ascender", WeightSpec.ROWS.name()));
  }

  @Override
  public Workspace newWorkspace(Minibatch minibatch) {
    return (pass, sums) -> {
      double x = pass.parameters()[0];
      double y = pass.parameters()[1];
      double ofX = 0;
      double ofY = 0;
      for (int row = 0; row < pass.rows(); row++) {
        double data = minibatch.column(0).values()[row];
        double f = x * y + data * x - y * y / 4;
        ofX += y + data;
        ofY -= x - y / 2;
        sums.losses()[0] += f;
        sums.losses()[1] -= f;
      }
      sums.directions()[0][0] = (float) ofX;
      sums.directions()[0][1] = (float) ofY;
      sums.weights()[0][0] += pass.rows();
    };
  }
}
