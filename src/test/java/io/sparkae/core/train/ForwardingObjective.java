package io.sparkae.core.train;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.objective.LossSpec;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.ParameterGroup;
import io.sparkae.core.objective.StatisticSpec;
import io.sparkae.core.objective.Term;
import io.sparkae.core.objective.WeightSpec;
import io.sparkae.core.objective.Workspace;
import java.util.List;

/** Another objective, of which subclasses change a part. */
public class ForwardingObjective implements Objective {
  private static final long serialVersionUID = 1L;

  private final Objective other;

  protected ForwardingObjective(Objective other) {
    this.other = other;
  }

  @Override
  public List<ColumnSpec> columns() {
    return other.columns();
  }

  @Override
  public ParameterLayout layout() {
    return other.layout();
  }

  @Override
  public List<LossSpec> losses() {
    return other.losses();
  }

  @Override
  public List<Term> terms() {
    return other.terms();
  }

  @Override
  public List<WeightSpec> weights() {
    return other.weights();
  }

  @Override
  public List<StatisticSpec> statistics() {
    return other.statistics();
  }

  @Override
  public List<ParameterGroup> groups() {
    return other.groups();
  }

  @Override
  public boolean isExactGradient() {
    return other.isExactGradient();
  }

  @Override
  public Workspace newWorkspace(Minibatch minibatch) {
    return other.newWorkspace(minibatch);
  }
}
