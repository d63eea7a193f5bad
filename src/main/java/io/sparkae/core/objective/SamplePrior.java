package io.sparkae.core.objective;

import io.sparkae.core.Check;
import io.sparkae.core.random.RandomStreams;
import java.util.Arrays;

/** A distribution that is known by samples of it: each is drawn as often. */
public final class SamplePrior implements Prior {
  private static final long serialVersionUID = 1L;

  private final float[] samples;
  private final int width;

  /**
   * The distribution of samples.
   *
   * @param samples count × width, row-major, at least one; copied
   * @param width numbers of a sample, at least 1
   */
  public SamplePrior(float[] samples, int width) {
    this.samples = Arrays.copyOf(samples, samples.length);
    this.width = width;
  }

  /** {@return the samples, count × width, row-major; not a copy} */
  public float[] samples() {
    return samples;
  }

  /** {@return numbers of a sample} */
  public int width() {
    return width;
  }

  @Override
  public void requireSize(int codeSize) {
    Check.that(codeSize == width, "codeSize", width + ", as the prior's samples are", codeSize);
  }

  /** Draws one of the samples, whatever the class. */
  @Override
  public void draw(
      RandomStreams random,
      long epoch,
      long row,
      int label,
      int classes,
      float[] codes,
      int at,
      int width) {
    float draw = random.uniformAt(Sites.PRIOR_COMPONENT, epoch, row, 0);
    int sample = RandomStreams.below(samples.length / width, draw);
    System.arraycopy(samples, sample * width, codes, at, width);
  }
}
