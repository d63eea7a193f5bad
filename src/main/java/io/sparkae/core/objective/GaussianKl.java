package io.sparkae.core.objective;

import io.sparkae.core.graph.Direction;
import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;

/**
 * β·KL(N(μ, σ²)‖N(0, I)) = β·½Σ(σ² + μ² − log σ² − 1), in place on the posterior. Source: Kingma
 * and Welling 2013, appendix B.
 */
final class GaussianKl extends Penalty {
  private final VariationalSettings settings;
  private final UnitDivergences units;

  GaussianKl(Node posterior, VariationalSettings settings, UnitDivergences units) {
    super("kl", posterior.width(), posterior.value(), posterior.gradient());
    this.settings = settings;
    this.units = units;
  }

  @Override
  protected void forward(Pass pass) {
    units.compute(pass.rows());
    setSum(settings.beta(pass) * units.total());
  }

  @Override
  protected void backward(Pass pass, Direction direction) {
    int width = settings.codeSize();
    float weight = (float) settings.beta(pass);
    float[] variances = units.variances();
    for (int row = 0; row < pass.rows(); row++) {
      int at = row * 2 * width;
      for (int j = 0; j < width; j++) {
        gradient()[at + j] += weight * value()[at + j];
        gradient()[at + width + j] += 0.5f * weight * (variances[row * width + j] - 1);
      }
    }
  }
}
