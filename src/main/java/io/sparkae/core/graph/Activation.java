package io.sparkae.core.graph;

import io.sparkae.core.linalg.Elementary;

/** Elementwise nonlinearities with their derivatives, both in place over a run of elements. */
public enum Activation {
  /** 1 / (1 + e⁻ˣ). */
  SIGMOID {
    @Override
    public void forward(float[] values, int offset, int length) {
      Elementary.sigmoidInPlace(values, offset, length);
    }

    @Override
    public void backward(float[] y, float[] delta, int offset, int length) {
      Elementary.sigmoidBackward(y, delta, offset, length);
    }
  },
  /** Hyperbolic tangent. */
  TANH {
    @Override
    public void forward(float[] values, int offset, int length) {
      Elementary.tanhInPlace(values, offset, length);
    }

    @Override
    public void backward(float[] y, float[] delta, int offset, int length) {
      Elementary.tanhBackward(y, delta, offset, length);
    }
  },
  /** max(x, 0); its derivative at 0 is taken as 0. */
  RELU {
    @Override
    public void forward(float[] values, int offset, int length) {
      Elementary.reluInPlace(values, offset, length);
    }

    @Override
    public void backward(float[] y, float[] delta, int offset, int length) {
      Elementary.reluBackward(y, delta, offset, length);
    }
  },
  /** max(x, 0.01·x) (Maas, Hannun, Ng 2013). */
  LEAKY_RELU {
    @Override
    public void forward(float[] values, int offset, int length) {
      Elementary.leakyReluInPlace(values, offset, length, LEAK);
    }

    @Override
    public void backward(float[] y, float[] delta, int offset, int length) {
      Elementary.leakyReluBackward(y, delta, offset, length, LEAK);
    }
  },
  /** x where positive, eˣ − 1 elsewhere (Clevert, Unterthiner, Hochreiter 2016, α = 1). */
  ELU {
    @Override
    public void forward(float[] values, int offset, int length) {
      Elementary.eluInPlace(values, offset, length);
    }

    @Override
    public void backward(float[] y, float[] delta, int offset, int length) {
      Elementary.eluBackward(y, delta, offset, length);
    }
  },
  /** log(1 + eˣ). */
  SOFTPLUS {
    @Override
    public void forward(float[] values, int offset, int length) {
      Elementary.softplusInPlace(values, offset, length);
    }

    @Override
    public void backward(float[] y, float[] delta, int offset, int length) {
      Elementary.softplusBackward(y, delta, offset, length);
    }
  },
  /** x. */
  LINEAR {
    @Override
    public void forward(float[] values, int offset, int length) {
      // The identity.
    }

    @Override
    public void backward(float[] y, float[] delta, int offset, int length) {
      // Its derivative is one.
    }
  };

  private static final float LEAK = 0.01f;

  /**
   * values = f(values).
   *
   * @param values arguments, replaced by the values of f
   * @param offset index of the first element
   * @param length elements to replace
   */
  public abstract void forward(float[] values, int offset, int length);

  /**
   * delta = delta·f′, with f′ expressed by f's value y.
   *
   * @param y values of f
   * @param delta ∂loss/∂y, replaced by the gradient with respect to the arguments
   * @param offset index of the first element of both
   * @param length elements to replace
   */
  public abstract void backward(float[] y, float[] delta, int offset, int length);
}
