package io.sparkae.core.objective;

import io.sparkae.core.random.RandomStreams;

/**
 * An objective at a point.
 *
 * @param objective takes dense columns, unless it is a twin
 * @param sparseTwin the same for sparse features, null without one
 * @param columns rows × width of each column
 * @param parameters where it is tested
 * @param slopeStep h of the differences
 * @param slopeTolerance error of a slope, relative to the length of the slice's gradient
 * @param fixedDraws whether the direction is the gradient where the noise is the same every time,
 *     as it is for one epoch
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ObjectiveCase(
    String name,
    Objective objective,
    Objective sparseTwin,
    float[][][] columns,
    float[] parameters,
    double slopeStep,
    double slopeTolerance,
    boolean fixedDraws) {
  /** Whose direction is a gradient only if the objective says that it always is. */
  public ObjectiveCase(
      String name,
      Objective objective,
      Objective sparseTwin,
      float[][][] columns,
      float[] parameters,
      double slopeStep,
      double slopeTolerance) {
    this(name, objective, sparseTwin, columns, parameters, slopeStep, slopeTolerance, false);
  }

  /** Whether the direction is to be the slope of the losses. */
  public boolean isGradient() {
    return fixedDraws || objective.isExactGradient();
  }

  /** Smooth, with random parameters: normal with the given deviation. */
  public static ObjectiveCase smooth(
      String name, Objective objective, float[][][] columns, long seed, double deviation) {
    return new ObjectiveCase(
        name, objective, null, columns, point(objective, seed, deviation), 0.02, 2e-3);
  }

  /** Random parameters, biases included. */
  public static float[] point(Objective objective, long seed, double deviation) {
    float[] parameters = new float[objective.layout().size()];
    new RandomStreams(seed).normal(900, 0, 0, parameters, 0, parameters.length);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] *= (float) deviation;
    }
    return parameters;
  }

  /** Rows in the batch. */
  public int rows() {
    return columns[0].length;
  }

  /** The same point of another objective. */
  public ObjectiveCase with(Objective other) {
    return new ObjectiveCase(
        name, other, null, columns, parameters, slopeStep, slopeTolerance, fixedDraws);
  }

  @Override
  public String toString() {
    return name;
  }
}
