package io.sparkae.core.objective;

import io.sparkae.core.Check;
import io.sparkae.core.random.RandomStreams;

/** The distribution that codes are to have. Source: Makhzani et al. 2015. */
public enum Prior {
  /** N(0, I), of codes of any size. */
  GAUSSIAN {
    @Override
    void draw(RandomStreams random, long epoch, long row, float[] codes, int at, int width) {
      random.normal(Sites.PRIOR, epoch, row, codes, at, width);
    }
  },
  /** Ten narrow normal distributions of two numbers around the origin, as likely each. */
  MIXTURE {
    @Override
    void draw(RandomStreams random, long epoch, long row, float[] codes, int at, int width) {
      random.normal(Sites.PRIOR, epoch, row, codes, at, width);
      float draw = random.uniformAt(Sites.PRIOR_COMPONENT, epoch, row, 0);
      int component = RandomStreams.below(COMPONENTS, draw);
      double angle = 2 * Math.PI * component / COMPONENTS;
      double along = DISTANCE + LENGTH * codes[at];
      double across = BREADTH * codes[at + 1];
      codes[at] = (float) (along * Math.cos(angle) - across * Math.sin(angle));
      codes[at + 1] = (float) (along * Math.sin(angle) + across * Math.cos(angle));
    }
  },
  /** A spiral of two numbers, as likely all along it. */
  SWISS_ROLL {
    @Override
    void draw(RandomStreams random, long epoch, long row, float[] codes, int at, int width) {
      random.normal(Sites.PRIOR, epoch, row, codes, at, width);
      double way = Math.sqrt(random.uniformAt(Sites.PRIOR_COMPONENT, epoch, row, 0));
      double angle = TURNS * 2 * Math.PI * way;
      codes[at] = (float) (RADIUS * way * Math.cos(angle) + NOISE * codes[at]);
      codes[at + 1] = (float) (RADIUS * way * Math.sin(angle) + NOISE * codes[at + 1]);
    }
  };

  private static final int COMPONENTS = 10;
  private static final double DISTANCE = 4;
  private static final double LENGTH = 1;
  private static final double BREADTH = 0.3;
  private static final double TURNS = 2;
  private static final double RADIUS = 4;
  private static final double NOISE = 0.1;

  /**
   * Checks the size of codes.
   *
   * @throws IllegalArgumentException if the distribution is not of codes of that size
   */
  void requireSize(int codeSize) {
    Check.that(
        this == GAUSSIAN || codeSize == 2,
        "codeSize",
        "2 when prior is " + Check.camelCase(this),
        codeSize);
  }

  /** Draws the code of a row and an epoch. */
  abstract void draw(RandomStreams random, long epoch, long row, float[] codes, int at, int width);
}
