package io.sparkae.core.objective;

import io.sparkae.core.graph.Minibatch;
import io.sparkae.core.graph.MinibatchColumn;
import io.sparkae.core.graph.Pass;
import io.sparkae.core.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs an objective over the rows of a case, without a trainer. */
final class ObjectiveRun {
  private static final int EPOCH = 2;

  private final ObjectiveCase objectiveCase;
  private final Minibatch minibatch;
  private final Workspace workspace;
  private final Sums sums;
  private final Pass pass;
  private final double[][] statistics;

  /**
   * Copies of all sums.
   *
   * @param directions of each term, zero outside of its range
   * @param losses in the objective's order
   * @param scalars losses, weights, statistics in a row
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Outcome(List<float[]> directions, double[] losses, double[] scalars) {
    /** The terms' directions added. */
    float[] direction() {
      return directions.stream().reduce(new float[directions.get(0).length], Outcome::add);
    }

    double allLosses() {
      return Arrays.stream(losses).sum();
    }

    Outcome plus(Outcome other) {
      return new Outcome(
          IntStream.range(0, directions.size())
              .mapToObj(t -> add(directions.get(t), other.directions.get(t)))
              .toList(),
          add(losses, other.losses),
          add(scalars, other.scalars));
    }

    private static float[] add(float[] a, float[] b) {
      float[] sum = a.clone();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += b[i];
      }
      return sum;
    }

    private static double[] add(double[] a, double[] b) {
      return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
    }
  }

  ObjectiveRun(ObjectiveCase objectiveCase) {
    this.objectiveCase = objectiveCase;
    Objective objective = objectiveCase.objective();
    minibatch = new Minibatch(objective.columns(), objectiveCase.rows());
    workspace = objective.newWorkspace(minibatch);
    sums = new Sums(objective);
    pass = new Pass(minibatch, new RandomStreams(7));
    statistics =
        objective.statistics().stream()
            .map(
                spec -> {
                  double[] values = new double[spec.length()];
                  Arrays.fill(values, spec.initial());
                  return values;
                })
            .toArray(double[][]::new);
  }

  /** Gives every element of every statistic a value. */
  void setStatistics(double value) {
    for (double[] statistic : statistics) {
      Arrays.fill(statistic, value);
    }
  }

  /** The sums over all rows. */
  Outcome compute(float[] parameters) {
    return compute(parameters, IntStream.range(0, objectiveCase.rows()).toArray());
  }

  /** The sums over some rows, in that order. */
  Outcome compute(float[] parameters, int[] rows) {
    for (int i = 0; i < rows.length; i++) {
      minibatch.rowIndices()[i] = rows[i];
      for (int c = 0; c < minibatch.columnCount(); c++) {
        put(minibatch.column(c), i, objectiveCase.columns()[c][rows[i]]);
      }
    }
    minibatch.setRows(rows.length);
    sums.clear();
    for (float[] direction : sums.directions()) {
      Arrays.fill(direction, Float.NaN); // must be overwritten
    }
    return computeAgain(parameters);
  }

  /**
   * The sums over all rows, with the statistics that an optimizer over the full batch computes anew
   * for these parameters.
   */
  Outcome computeFullBatch(float[] parameters) {
    Objective objective = objectiveCase.objective();
    List<String> names = objective.fullBatchStatistics();
    if (!names.isEmpty()) {
      compute(parameters); // puts the rows in place
      sums.clear();
      workspace.prepare(pass, sums);
      for (int s = 0; s < statistics.length; s++) {
        StatisticSpec spec = objective.statistics().get(s);
        double weight = sums.weights()[Sums.weightIndex(objective.weights(), spec.weight())][0];
        for (int i = 0; names.contains(spec.name()) && i < spec.length(); i++) {
          statistics[s][i] = sums.statistics()[s][i] / weight;
        }
      }
    }
    return compute(parameters);
  }

  /** The same rows once more, into sums that are not cleared. */
  Outcome computeAgain(float[] parameters) {
    pass.set(parameters, statistics, EPOCH, 0.5);
    workspace.compute(pass, sums);
    List<Term> terms = objectiveCase.objective().terms();
    List<float[]> directions =
        IntStream.range(0, terms.size())
            .mapToObj(
                t -> {
                  float[] inside = new float[parameters.length];
                  Term term = terms.get(t);
                  System.arraycopy(
                      sums.directions()[t],
                      term.from(),
                      inside,
                      term.from(),
                      term.to() - term.from());
                  return inside;
                })
            .toList();
    double[] scalars =
        Stream.of(new double[][] {sums.losses()}, sums.weights(), sums.statistics())
            .flatMap(Arrays::stream)
            .flatMapToDouble(DoubleStream::of)
            .toArray();
    return new Outcome(directions, sums.losses().clone(), scalars);
  }

  private static void put(MinibatchColumn column, int row, float[] values) {
    if (!column.spec().sparse()) {
      column.setRow(row, values, 0);
      return;
    }
    int[] indices = IntStream.range(0, values.length).filter(i -> values[i] != 0).toArray();
    float[] elements = new float[indices.length];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = values[indices[i]];
    }
    column.setSparseRow(row, indices, elements, 0, indices.length);
  }
}
