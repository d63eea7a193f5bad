package io.sparkae.spark;

import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$mcD$sp;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.LBFGS;
import io.sparkae.core.Check;
import io.sparkae.core.optimize.FullBatchOptimizer;
import io.sparkae.core.optimize.FullBatchSettings;
import io.sparkae.core.optimize.OptimizerSettings;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import scala.Tuple2;

/** Breeze's optimizers at work on the parameters of a model. */
final class FullBatchOptimizers {
  /** Steps that L-BFGS remembers: Spark's own number. */
  private static final int MEMORY = 10;

  /** Values of the loss that Breeze looks back on to see whether it still falls. */
  private static final int LOOK_BACK = 20;

  private FullBatchOptimizers() {}

  /**
   * The optimizer of such settings.
   *
   * @throws IllegalArgumentException if it is one that takes minibatches
   */
  static FullBatchOptimizer of(OptimizerSettings settings) {
    return switch (settings.kind()) {
      case LBFGS ->
          (objective, start) -> {
            LBFGS<DenseVector<Object>> lbfgs =
                new LBFGS<>(check(settings.fullBatch()), MEMORY, DenseVector.space_Double());
            return new Iterates(lbfgs.iterations(function(objective), vector(start)));
          };
      case CONJUGATE_GRADIENT ->
          (objective, start) -> {
            ConjugateGradient gradient = new ConjugateGradient(check(settings.fullBatch()));
            return new Iterates(gradient.iterations(function(objective), vector(start)));
          };
      default ->
          throw new IllegalArgumentException(
              Check.camelCase(settings.kind()) + " takes minibatches, not all rows");
    };
  }

  private static FirstOrderMinimizer.ConvergenceCheck<DenseVector<Object>> check(
      FullBatchSettings settings) {
    return FirstOrderMinimizer.defaultConvergenceCheck(
        settings.maxIter(), settings.tolerance(), true, LOOK_BACK, DenseVector.space_Double());
  }

  private static DiffFunction<DenseVector<Object>> function(
      FullBatchOptimizer.Objective objective) {
    return point -> {
      FullBatchOptimizer.Evaluation here = objective.at(values(point));
      return new Tuple2<>(here.value(), vector(here.gradient()));
    };
  }

  static DenseVector<Object> vector(double[] values) {
    return new DenseVector$mcD$sp(values);
  }

  /** The numbers of a vector that is none's part: all that Breeze makes of such ones are. */
  static double[] values(DenseVector<Object> vector) {
    return (double[]) vector.data();
  }

  /** Breeze's states less those that only tell of a search that failed. */
  private static final class Iterates implements Iterator<FullBatchOptimizer.Iterate> {
    private final scala.collection.Iterator<
            ? extends FirstOrderMinimizer.State<DenseVector<Object>, ?, ?>>
        states;
    private int iteration;

    Iterates(
        scala.collection.Iterator<? extends FirstOrderMinimizer.State<DenseVector<Object>, ?, ?>>
            states) {
      this.states = states;
    }

    @Override
    public boolean hasNext() {
      return states.hasNext();
    }

    @Override
    public FullBatchOptimizer.Iterate next() {
      while (states.hasNext()) {
        FirstOrderMinimizer.State<DenseVector<Object>, ?, ?> state = states.next();
        if (state.iter() > iteration || state.convergenceReason().isDefined()) {
          iteration = state.iter();
          return new FullBatchOptimizer.Iterate(iteration, values(state.x()), ended(state));
        }
      }
      throw new NoSuchElementException("the optimizer has ended");
    }

    private static Optional<String> ended(
        FirstOrderMinimizer.State<DenseVector<Object>, ?, ?> state) {
      if (state.convergenceReason().isEmpty()) {
        return Optional.empty();
      }
      FirstOrderMinimizer.ConvergenceReason reason = state.convergenceReason().get();
      if (reason == FirstOrderMinimizer.MaxIterations$.MODULE$) {
        return Optional.empty();
      }
      if (reason == FirstOrderMinimizer.SearchFailed$.MODULE$) {
        return Optional.of("no lower loss was found along the last direction");
      }
      return Optional.of(
          reason == FirstOrderMinimizer.GradientConverged$.MODULE$
              ? "the gradient is as short as tol asks for"
              : "the loss falls by no more than tol asks for");
    }
  }
}
