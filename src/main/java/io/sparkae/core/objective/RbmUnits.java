package io.sparkae.core.objective;

import io.sparkae.core.linalg.Elementary;
import io.sparkae.core.random.RandomStreams;

/** The kinds of units of a restricted Boltzmann machine, by what they are given their input z. */
public enum RbmUnits {
  /** 1 with probability 1 / (1 + e⁻ᶻ), else 0. */
  BERNOULLI {
    @Override
    void meanInPlace(float[] z, int length) {
      Elementary.sigmoidInPlace(z, 0, length);
    }

    @Override
    void sampleInto(
        RandomStreams random,
        int site,
        int epoch,
        long row,
        float[] means,
        float deviation,
        float[] sample,
        int at,
        int width) {
      random.uniform(site, epoch, row, sample, at, width);
      for (int i = at; i < at + width; i++) {
        sample[i] = sample[i] < means[i] ? 1 : 0;
      }
    }
  },
  /** Normal with mean z and a fixed deviation. */
  GAUSSIAN {
    @Override
    void meanInPlace(float[] z, int length) {
      // The identity.
    }

    @Override
    void sampleInto(
        RandomStreams random,
        int site,
        int epoch,
        long row,
        float[] means,
        float deviation,
        float[] sample,
        int at,
        int width) {
      random.normal(site, epoch, row, sample, at, width);
      for (int i = at; i < at + width; i++) {
        sample[i] = Math.fma(deviation, sample[i], means[i]);
      }
    }
  };

  /** From the first {@code length} inputs to means. */
  abstract void meanInPlace(float[] z, int length);

  /** Draws one row at {@code at} by its means. */
  abstract void sampleInto(
      RandomStreams random,
      int site,
      int epoch,
      long row,
      float[] means,
      float deviation,
      float[] sample,
      int at,
      int width);
}
