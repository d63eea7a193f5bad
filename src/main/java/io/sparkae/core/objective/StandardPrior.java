package io.sparkae.core.objective;

import io.sparkae.core.Check;
import io.sparkae.core.random.RandomStreams;

/** Distributions of codes by name. Source: Makhzani et al. 2015. */
public enum StandardPrior implements Prior {
  /** N(0, I), of codes of any size and whatever the class. */
  GAUSSIAN {
    @Override
    void bend(float[] codes, int at, int label, int classes, double draw) {
      // It is what was drawn.
    }
  },
  /**
   * Narrow normal distributions of two numbers around the origin, as likely each: one for each
   * class, or ten.
   */
  MIXTURE {
    @Override
    void bend(float[] codes, int at, int label, int classes, double draw) {
      int components = classes > 0 ? classes : COMPONENTS;
      int component = label == UNKNOWN ? RandomStreams.below(components, (float) draw) : label;
      double angle = 2 * Math.PI * component / components;
      double along = DISTANCE + LENGTH * codes[at];
      double across = BREADTH * codes[at + 1];
      codes[at] = (float) (along * Math.cos(angle) - across * Math.sin(angle));
      codes[at + 1] = (float) (along * Math.sin(angle) + across * Math.cos(angle));
    }
  },
  /**
   * A spiral of two numbers, as likely all along it; the classes follow one another from its middle
   * on.
   */
  SWISS_ROLL {
    @Override
    void bend(float[] codes, int at, int label, int classes, double draw) {
      double way = Math.sqrt(label == UNKNOWN ? draw : (label + draw) / classes);
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

  @Override
  public void requireSize(int codeSize) {
    Check.that(
        this == GAUSSIAN || codeSize == 2,
        "codeSize",
        "2 when prior is " + Check.camelCase(this),
        codeSize);
  }

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
    random.normal(Sites.PRIOR, epoch, row, codes, at, width);
    if (this != GAUSSIAN) {
      bend(codes, at, label, classes, random.uniformAt(Sites.PRIOR_COMPONENT, epoch, row, 0));
    }
  }

  /** Makes a draw from N(0, I) one of this distribution, by a uniform draw in [0, 1). */
  abstract void bend(float[] codes, int at, int label, int classes, double draw);
}
