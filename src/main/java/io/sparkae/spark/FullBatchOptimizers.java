package io.sparkae.spark;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.LBFGS;
import io.sparkae.core.Check;
import io.sparkae.core.optimize.FullBatchOptimizer;
import io.sparkae.core.optimize.FullBatchSettings;
import io.sparkae.core.optimize.OptimizerSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Vector$;

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
          new OfBreeze(
              () -> new LBFGS<>(check(settings.fullBatch()), MEMORY, DenseVector.space_Double()),
              new LbfgsHistory());
      case CONJUGATE_GRADIENT ->
          new OfBreeze(
              () -> new ConjugateGradient(check(settings.fullBatch())),
              new ConjugateGradient.ConjugateGradientHistory());
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

  /**
   * A rule of Breeze's.
   *
   * @param rules makes one, which walks once
   * @param history what it remembers
   */
  private record OfBreeze(
      Supplier<FirstOrderMinimizer<DenseVector<Object>, DiffFunction<DenseVector<Object>>>> rules,
      BreezeWalk.History history)
      implements FullBatchOptimizer {
    @Override
    public Iterator<Iterate> minimize(Objective objective, double[] start) {
      return new BreezeWalk(rules.get(), history, objective, start);
    }

    @Override
    public Iterator<Iterate> resume(Objective objective, Memory memory) {
      return new BreezeWalk(rules.get(), history, objective, memory);
    }
  }

  /** Steps and changes of the gradient, the newest first; steps before changes. */
  private static final class LbfgsHistory implements BreezeWalk.History {
    @Override
    public double[] numbers(Object history) {
      return new double[0];
    }

    @Override
    public List<double[]> vectors(Object history) {
      LBFGS.ApproximateInverseHessian<?> hessian = (LBFGS.ApproximateInverseHessian<?>) history;
      List<double[]> vectors = new ArrayList<>();
      add(hessian.memStep(), vectors);
      add(hessian.memGradDelta(), vectors);
      return vectors;
    }

    @SuppressWarnings("unchecked") // all of Breeze's vectors are made by BreezeWalk
    private static void add(IndexedSeq<?> from, List<double[]> to) {
      for (int i = 0; i < from.size(); i++) {
        to.add(BreezeWalk.values((DenseVector<Object>) from.apply(i)));
      }
    }

    @Override
    public Object of(double[] numbers, List<double[]> vectors) {
      int steps = vectors.size() / 2;
      if (numbers.length != 0 || vectors.size() != 2 * steps || steps > MEMORY) {
        throw new IllegalArgumentException("no memory of L-BFGS");
      }
      IndexedSeq<DenseVector<Object>> none = Vector$.MODULE$.empty();
      LBFGS.ApproximateInverseHessian<DenseVector<Object>> hessian =
          new LBFGS.ApproximateInverseHessian<>(MEMORY, none, none, DenseVector.space_Double());
      for (int i = steps - 1; i >= 0; i--) {
        hessian =
            hessian.updated(
                BreezeWalk.vector(vectors.get(i)), BreezeWalk.vector(vectors.get(steps + i)));
      }
      return hessian;
    }
  }
}
