package io.sparkae.core.seam;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Initializer;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.objective.LossSpec;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.WeightSpec;
import java.util.List;

/**
 * What the throwaway objectives share: they only prove that the trainer asks nothing of a model.
 */
abstract class TinyObjective implements Objective {
  private static final long serialVersionUID = 1L;

  private final List<ColumnSpec> columns;
  private final ParameterLayout layout = new ParameterLayout();

  TinyObjective(ColumnSpec... columns) {
    this.columns = List.of(columns);
  }

  /** Appends parameters, normal with deviation 0.3; returns where they begin. */
  final int parameters(String name, int rows, int columns) {
    return layout.add(name, rows, columns, Initializer.normal(0.3)).offset();
  }

  @Override
  public List<ColumnSpec> columns() {
    return columns;
  }

  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public List<LossSpec> losses() {
    return List.of(new LossSpec("loss", WeightSpec.ROWS.name()));
  }

  @Override
  public boolean isExactGradient() {
    return false;
  }
}
