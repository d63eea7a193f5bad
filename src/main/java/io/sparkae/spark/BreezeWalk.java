package io.sparkae.spark;

import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$mcD$sp;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.FirstOrderMinimizer.State;
import io.sparkae.core.optimize.FullBatchOptimizer;
import io.sparkae.core.optimize.FullBatchOptimizer.Evaluation;
import io.sparkae.core.optimize.FullBatchOptimizer.Iterate;
import io.sparkae.core.optimize.FullBatchOptimizer.Memory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.IndexedSeq;

/** The iterations of one of Breeze's rules, less its states that only tell of a failed search. */
final class BreezeWalk implements Iterator<Iterate> {
  /** What a rule remembers of the iterations before, as numbers. */
  interface History {
    /** The numbers of what Breeze calls a state's history. */
    double[] numbers(Object history);

    /** The vectors of a state's history, each as long as a point. */
    List<double[]> vectors(Object history);

    /**
     * The history that had these numbers and vectors.
     *
     * @throws IllegalArgumentException if there is none
     */
    Object of(double[] numbers, List<double[]> vectors);
  }

  private final FirstOrderMinimizer<DenseVector<Object>, DiffFunction<DenseVector<Object>>> rule;
  private final History history;
  private final scala.collection.Iterator<State<DenseVector<Object>, Object, Object>> states;
  private int iteration;
  private boolean ended;

  /** From a point on. */
  BreezeWalk(
      FirstOrderMinimizer<DenseVector<Object>, DiffFunction<DenseVector<Object>>> rule,
      History history,
      FullBatchOptimizer.Objective objective,
      double[] start) {
    this.rule = rule;
    this.history = history;
    DiffFunction<DenseVector<Object>> function = function(objective);
    this.states = rule.infiniteIterations(function, rule.initialState(function, vector(start)));
  }

  /**
   * From where another walk was.
   *
   * @throws IllegalArgumentException if that was none by this rule
   */
  BreezeWalk(
      FirstOrderMinimizer<DenseVector<Object>, DiffFunction<DenseVector<Object>>> rule,
      History history,
      FullBatchOptimizer.Objective objective,
      Memory memory) {
    this.rule = rule;
    this.history = history;
    this.iteration = memory.iteration();
    this.states = rule.infiniteIterations(function(objective), state(memory));
  }

  private static DiffFunction<DenseVector<Object>> function(
      FullBatchOptimizer.Objective objective) {
    return point -> {
      Evaluation here = objective.at(values(point));
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

  private State<DenseVector<Object>, Object, Object> state(Memory memory) {
    if (memory.numbers().length == 0) {
      throw new IllegalArgumentException("the memory has no value at the start");
    }
    DenseVector<Object> point = vector(memory.point());
    DenseVector<Object> gradient = vector(memory.here().gradient());
    double value = memory.here().value();
    double[] own = new double[memory.numbers().length - 1];
    System.arraycopy(memory.numbers(), 1, own, 0, own.length);
    Object seen = rule.convergenceCheck().initialInfo();
    for (double before : memory.values()) {
      seen = rule.convergenceCheck().update(point, gradient, before, null, seen);
    }
    return new State<>(
        point,
        value,
        gradient,
        value,
        gradient,
        memory.iteration(),
        memory.numbers()[0],
        history.of(own, memory.vectors()),
        seen,
        false,
        Option.empty());
  }

  @Override
  public boolean hasNext() {
    return !ended;
  }

  @Override
  public Iterate next() {
    while (!ended) {
      State<DenseVector<Object>, Object, Object> state = states.next();
      Option<FirstOrderMinimizer.ConvergenceReason> reason =
          rule.convergenceCheck().apply(state, state.convergenceInfo());
      ended = reason.isDefined();
      if (state.iter() > iteration || ended) {
        iteration = state.iter();
        return new Iterate(
            iteration,
            values(state.x()),
            reason.isDefined() ? words(reason.get()) : Optional.empty(),
            ended ? Optional.empty() : Optional.of(memory(state)));
      }
    }
    throw new NoSuchElementException("the optimizer has ended");
  }

  private static Optional<String> words(FirstOrderMinimizer.ConvergenceReason reason) {
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

  private Memory memory(State<DenseVector<Object>, Object, Object> state) {
    double[] own = history.numbers(state.history());
    double[] numbers = new double[own.length + 1];
    numbers[0] = state.initialAdjVal();
    System.arraycopy(own, 0, numbers, 1, own.length);
    return new Memory(
        state.iter(),
        values(state.x()),
        new Evaluation(state.value(), values(state.grad())),
        values(state.convergenceInfo()),
        numbers,
        history.vectors(state.history()));
  }

  /** The values that checks for convergence have kept, but that of before the first. */
  private static double[] values(Object convergenceInfo) {
    List<Double> values = new ArrayList<>();
    if (convergenceInfo instanceof IndexedSeq<?> all) {
      for (int i = 0; i < all.size(); i++) {
        if (all.apply(i) instanceof Double value && Double.isFinite(value)) {
          values.add(value);
        } else if (all.apply(i) instanceof IndexedSeq<?> of) {
          for (double value : values(of)) {
            values.add(value);
          }
        }
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
