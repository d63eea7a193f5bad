package io.sparkae.spark;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.LineSearch;
import breeze.optimize.StrongWolfeLineSearch;
import java.util.List;

/**
 * Nonlinear conjugate gradient: d = −g + β·d′, β = max(0, g·(g − g′) / g′·g′), the dashed ones of
 * the iteration before; along d as far as the strong Wolfe conditions ask for. Where d does not
 * lead downhill, it is −g. Source: Polak and Ribière 1969; Nocedal and Wright 2006, (5.44) and
 * (5.45).
 *
 * <p>One instance walks once.
 */
final class ConjugateGradient
    extends FirstOrderMinimizer<DenseVector<Object>, DiffFunction<DenseVector<Object>>> {
  private static final long serialVersionUID = 1L;

  /** Conjugate directions need a line search that comes near the minimum: c2 below ½. */
  private static final double CURVATURE = 0.1;

  private static final int MOST_LOOKS = 20;

  /**
   * What an iteration leaves to the next.
   *
   * @param gradient g′
   * @param direction d′
   * @param decrease step size along d′ times g′·d′, the first-order change of the loss
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Last(double[] gradient, double[] direction, double decrease) {}

  /** Nothing before the first iteration and after a search that failed. */
  static final class ConjugateGradientHistory implements BreezeWalk.History {
    @Override
    public double[] numbers(Object history) {
      return history instanceof Last memory ? new double[] {memory.decrease()} : new double[0];
    }

    @Override
    public List<double[]> vectors(Object history) {
      return history instanceof Last memory
          ? List.of(memory.gradient(), memory.direction())
          : List.of();
    }

    @Override
    public Object of(double[] numbers, List<double[]> vectors) {
      if (numbers.length == 0 && vectors.isEmpty()) {
        return null;
      }
      if (numbers.length != 1 || vectors.size() != 2) {
        throw new IllegalArgumentException("no memory of conjugate gradients");
      }
      return new Last(vectors.get(0), vectors.get(1), numbers[0]);
    }
  }

  private transient double[] direction;
  private double decrease;

  ConjugateGradient(ConvergenceCheck<DenseVector<Object>> check) {
    super(check, DenseVector.space_Double());
  }

  @Override
  public DiffFunction<DenseVector<Object>> adjustFunction(
      DiffFunction<DenseVector<Object>> function) {
    return function;
  }

  /** None: the first direction, and that after a search that failed, is −g. */
  @Override
  public Object initialHistory(
      DiffFunction<DenseVector<Object>> function, DenseVector<Object> start) {
    return null;
  }

  @Override
  public DenseVector<Object> chooseDescentDirection(
      State<DenseVector<Object>, Object, Object> state,
      DiffFunction<DenseVector<Object>> function) {
    double[] gradient = BreezeWalk.values(state.grad());
    Last memory = (Last) state.history();
    direction = memory == null ? scaled(gradient, -1) : conjugate(gradient, memory);
    if (!(dot(gradient, direction) < 0)) {
      direction = scaled(gradient, -1);
    }
    return BreezeWalk.vector(direction);
  }

  private static double[] conjugate(double[] gradient, Last memory) {
    double[] last = memory.gradient();
    double turned = dot(gradient, gradient) - dot(gradient, last);
    double beta = Math.max(0, turned / dot(last, last)); // (5.44), (5.45)
    double[] next = scaled(gradient, -1);
    for (int i = 0; i < next.length; i++) {
      next[i] += beta * memory.direction()[i];
    }
    return next;
  }

  /** The first guess changes the loss, to first order, as the step before did (3.60). */
  @Override
  public double determineStepSize(
      State<DenseVector<Object>, Object, Object> state,
      DiffFunction<DenseVector<Object>> function,
      DenseVector<Object> along) {
    double slope = dot(BreezeWalk.values(state.grad()), direction);
    Last memory = (Last) state.history();
    double guess =
        memory == null ? 1 / Math.sqrt(dot(direction, direction)) : memory.decrease() / slope;
    double step =
        search()
            .minimize(
                LineSearch.functionFromSearchDirection(
                    function, state.x(), along, DenseVector.space_Double()),
                guess);
    decrease = step * slope;
    return step;
  }

  private static StrongWolfeLineSearch search() {
    return new StrongWolfeLineSearch(MOST_LOOKS, MOST_LOOKS) {
      @Override
      public double c2() {
        return CURVATURE;
      }
    };
  }

  @Override
  public DenseVector<Object> takeStep(
      State<DenseVector<Object>, Object, Object> state,
      DenseVector<Object> along,
      double stepSize) {
    double[] to = scaled(direction, stepSize);
    double[] from = BreezeWalk.values(state.x());
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
    return BreezeWalk.vector(to);
  }

  @Override
  public Object updateHistory(
      DenseVector<Object> point,
      DenseVector<Object> gradient,
      double value,
      DiffFunction<DenseVector<Object>> function,
      State<DenseVector<Object>, Object, Object> before) {
    return new Last(BreezeWalk.values(before.grad()), direction, decrease);
  }

  private static double[] scaled(double[] values, double factor) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = factor * values[i];
    }
    return result;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
