package io.sparkae.core.graph;

import io.sparkae.core.linalg.VectorMath;

/** Elementwise nonlinearities with their derivatives, both in place over a run of elements. */
public enum Activation {
  /** 1 / (1 + e⁻ˣ). */
  SIGMOID {
    @Override
    public void forward(float[] values, int offset, int length) {
      VectorMath.sigmoidInPlace(values, offset, length);
    }

    @Override
    public void backward(float[] y, float[] delta, int offset, int length) {
      VectorMath.sigmoidBackward(y, delta, offset, length);
    }
  },
  /** Hyperbolic tangent. */
  TANH {
    @Override
    public void forward(float[] values, int offset, int length) {
      VectorMath.tanhInPlace(values, offset, length);
    }

    @Override
    public void backward(float[] y, float[] delta, int offset, int length) {
      VectorMath.tanhBackward(y, delta, offset, length);
    }
  },
  /** max(x, 0); its derivative at 0 is taken as 0. */
  RELU {
    @Override
    public void forward(float[] values, int offset, int length) {
      VectorMath.reluInPlace(values, offset, length);
    }

    @Override
    public void backward(float[] y, float[] delta, int offset, int length) {
      VectorMath.reluBackward(y, delta, offset, length);
    }
  },
  /** max(x, 0.01·x) (Maas, Hannun, Ng 2013). */
  LEAKY_RELU {
    @Override
    public void forward(float[] values, int offset, int length) {
      VectorMath.leakyReluInPlace(values, offset, length, LEAK);
    }

    @Override
    public void backward(float[] y, float[] delta, int offset, int length) {
      VectorMath.leakyReluBackward(y, delta, offset, length, LEAK);
    }
  },
  /** x where positive, eˣ − 1 elsewhere (Clevert, Unterthiner, Hochreiter 2016, α = 1). */
  ELU {
    @Override
    public void forward(float[] values, int offset, int length) {
      VectorMath.eluInPlace(values, offset, length);
    }

    @Override
    public void backward(float[] y, float[] delta, int offset, int length) {
      VectorMath.eluBackward(y, delta, offset, length);
    }
  },
  /** log(1 + eˣ). */
  SOFTPLUS {
    @Override
    public void forward(float[] values, int offset, int length) {
      VectorMath.softplusInPlace(values, offset, length);
    }

    @Override
    public void backward(float[] y, float[] delta, int offset, int length) {
      VectorMath.softplusBackward(y, delta, offset, length);
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

  /** values = f(values). */
  public abstract void forward(float[] values, int offset, int length);

  /** delta = delta·f′, with f′ expressed by f's value y. */
  public abstract void backward(float[] y, float[] delta, int offset, int length);
}
