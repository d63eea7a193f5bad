package io.sparkae.core.objective;

import io.sparkae.core.graph.Initializer;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.linalg.Blas;
import io.sparkae.core.linalg.VectorMath;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The two layers of a restricted Boltzmann machine: E = −b·v − c·h − v·W·h with bernoulli visible
 * units, E = ‖v − b‖²/2σ² − c·h − (v/σ)·W·h with gaussian ones; gaussian hidden units add ‖h‖²/2.
 * Source: Hinton and Salakhutdinov 2006; Hinton 2012, "A practical guide to training restricted
 * Boltzmann machines".
 */
public final class RbmNetwork implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Deviation of the first weights, as Hinton 2012, section 8, has it. */
  private static final double FIRST_WEIGHTS = 0.01;

  private final RbmSettings settings;
  private final int visible;
  private final ParameterLayout layout = new ParameterLayout();
  private final ParameterSlice weight;
  private final ParameterSlice visibleBias;
  private final ParameterSlice hiddenBias;

  /**
   * A machine over rows of {@code visible} features.
   *
   * @param visible features of a row, at least 1
   * @param settings shape and training
   */
  public RbmNetwork(int visible, RbmSettings settings) {
    this.settings = settings;
    this.visible = visible;
    weight =
        layout.add("weight", visible, settings.hiddenUnits(), Initializer.normal(FIRST_WEIGHTS));
    visibleBias = layout.add("visible.bias", 1, visible, Initializer.ZERO);
    hiddenBias = layout.add("hidden.bias", 1, settings.hiddenUnits(), Initializer.ZERO);
  }

  /** {@return shape and training} */
  public RbmSettings settings() {
    return settings;
  }

  /** {@return the parameters: W (visible × hidden), b, c} */
  public ParameterLayout layout() {
    return layout;
  }

  /** {@return visible units} */
  public int visible() {
    return visible;
  }

  /** {@return hidden units} */
  public int hidden() {
    return settings.hiddenUnits();
  }

  /** {@return visible × hidden} */
  public ParameterSlice weight() {
    return weight;
  }

  /** {@return b} */
  public ParameterSlice visibleBias() {
    return visibleBias;
  }

  /** {@return c} */
  public ParameterSlice hiddenBias() {
    return hiddenBias;
  }

  /** Inputs of the hidden units, rows × hidden: c + (v/σ)·W, of v already divided by σ. */
  void hiddenInputs(float[] parameters, float[] v, int rows, float[] z) {
    spread(parameters, hiddenBias, z, rows);
    multiply(parameters, false, v, rows, z);
  }

  /** Means of the hidden units, of v already divided by σ. */
  void hiddenMeans(float[] parameters, float[] v, int rows, float[] h) {
    hiddenInputs(parameters, v, rows, h);
    settings.hiddenType().meanInPlace(h, rows * hidden());
  }

  /** Means of the visible units, rows × visible: b + σ·W·h, or its sigmoid. */
  void visibleMeans(float[] parameters, float[] h, int rows, float[] v) {
    Arrays.fill(v, 0, rows * visible, 0f);
    multiply(parameters, true, h, rows, v);
    float deviation = (float) settings.visibleDeviation();
    for (int row = 0; row < rows; row++) {
      int at = row * visible;
      for (int i = 0; i < visible; i++) {
        v[at + i] = Math.fma(deviation, v[at + i], parameters[visibleBias.offset() + i]);
      }
    }
    settings.visibleType().meanInPlace(v, rows * visible);
  }

  /** target = v/σ. */
  void scaleByDeviation(float[] v, int rows, float[] target) {
    VectorMath.scaleInto(target, (float) (1 / settings.visibleDeviation()), v, 0, rows * visible);
  }

  private static void spread(float[] parameters, ParameterSlice bias, float[] rows, int count) {
    for (int row = 0; row < count; row++) {
      System.arraycopy(parameters, bias.offset(), rows, row * bias.length(), bias.length());
    }
  }

  private void multiply(float[] parameters, boolean down, float[] from, int rows, float[] to) {
    int inner = down ? hidden() : visible;
    int outputs = down ? visible : hidden();
    Blas.multiply(
        false,
        down,
        rows,
        outputs,
        inner,
        from,
        0,
        inner,
        parameters,
        weight.offset(),
        hidden(),
        1f,
        to,
        0,
        outputs);
  }

  /**
   * The free energy of a row: −b·v (or ‖v − b‖²/2σ²) − Σⱼ log(1 + exp(zⱼ)) (or −Σⱼ zⱼ²/2), zⱼ the
   * inputs of the hidden units; but for a constant of gaussian ones.
   *
   * @param inputs rows × hidden, as {@link #hiddenInputs} makes them
   * @param row which of the rows
   */
  double freeEnergy(float[] parameters, float[] v, float[] inputs, int row) {
    double energy = 0;
    double variance = settings.visibleDeviation() * settings.visibleDeviation();
    for (int i = 0; i < visible; i++) {
      double bias = parameters[visibleBias.offset() + i];
      double value = v[row * visible + i];
      energy +=
          settings.visibleType() == RbmUnits.BERNOULLI
              ? -bias * value
              : (value - bias) * (value - bias) / (2 * variance);
    }
    for (int j = row * hidden(); j < (row + 1) * hidden(); j++) {
      double z = inputs[j];
      energy -=
          settings.hiddenType() == RbmUnits.BERNOULLI
              ? Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))
              : z * z / 2;
    }
    return energy;
  }
}
