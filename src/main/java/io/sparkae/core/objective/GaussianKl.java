package io.sparkae.core.objective;

import io.sparkae.core.graph.Node;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.linalg.Elementary;

/**
 * β·KL(N(μ, σ²)‖N(0, I)) = β·½Σ(σ² + μ² − log σ² − 1), in place on the posterior. Source: Kingma
 * and Welling 2013, appendix B.
 */
final class GaussianKl extends Penalty {
  private final VariationalSettings settings;
  private final float[] variances;

  GaussianKl(int capacity, Node posterior, VariationalSettings settings) {
    super("kl", posterior.width(), posterior.value(), posterior.gradient());
    this.settings = settings;
    this.variances = new float[capacity * settings.codeSize()];
  }

  @Override
  protected void forward(Pass pass) {
    int width = settings.codeSize();
    for (int row = 0; row < pass.rows(); row++) {
      System.arraycopy(value(), row * 2 * width + width, variances, row * width, width);
    }
    Elementary.expInPlace(variances, 0, pass.rows() * width);
    double total = 0;
    for (int row = 0; row < pass.rows(); row++) {
      int at = row * 2 * width;
      for (int j = 0; j < width; j++) {
        double mean = value()[at + j];
        total += variances[row * width + j] + mean * mean - value()[at + width + j] - 1;
      }
    }
    setSum(settings.beta(pass) * total / 2);
  }

  @Override
  protected void backward(Pass pass, float[] direction) {
    int width = settings.codeSize();
    float weight = (float) settings.beta(pass);
    for (int row = 0; row < pass.rows(); row++) {
      int at = row * 2 * width;
      for (int j = 0; j < width; j++) {
        gradient()[at + j] += weight * value()[at + j];
        gradient()[at + width + j] += 0.5f * weight * (variances[row * width + j] - 1);
      }
    }
  }
}
