package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/** A penalty on the code of each row, summed over rows: it stands in place behind the code. */
abstract class CodePenalty extends Penalty {
  CodePenalty(String lossName, Node code) {
    super(lossName, code.width(), code.value(), code.gradient());
  }

  /** The penalty of {@code rows} codes, row-major; called before {@link #addGradient}. */
  abstract double penalty(Pass pass, float[] h, int rows);

  /** delta = delta + ∂penalty/∂h. */
  abstract void addGradient(Pass pass, float[] h, float[] delta, int rows);

  @Override
  protected void forward(Pass pass) {
    setSum(penalty(pass, value(), pass.rows()));
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    addGradient(pass, value(), gradient(), pass.rows());
  }
}
