package io.sparkae.core.train;

import io.sparkae.core.linalg.VectorMath;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Term;
import java.util.Arrays;

/**
 * The direction of each term over all rows of a replica, summed in double: each lane sums the
 * direction of a few rows in float, and what the lanes have is added in their order, one after the
 * other over the rows. Which thread did what leaves no trace. Pieces allocate nothing.
 */
final class GradientSum {
  private final TrainingPlan plan;
  private final Lane[] lanes;
  private final Term[] terms;
  private final double[][] sums;

  GradientSum(Objective objective, TrainingPlan plan, Lane[] lanes) {
    this.plan = plan;
    this.lanes = lanes;
    this.terms = objective.terms().toArray(new Term[0]);
    this.sums = room(objective);
  }

  /** A vector as long as the parameters for each term. */
  static double[][] room(Objective objective) {
    return new double[objective.terms().size()][objective.layout().size()];
  }

  double[][] sums() {
    return sums;
  }

  /** Whether all sums are finite. */
  boolean isFinite() {
    return Arrays.stream(sums).allMatch(VectorMath::isFinite);
  }

  void clear() {
    for (double[] sum : sums) {
      Arrays.fill(sum, 0);
    }
  }

  /** Pieces of the shard, each of which gives every lane some rows. */
  int pieces(Shard shard) {
    int rows = lanes[0].capacity() * lanes.length;
    return (int) ((shard.rows() + rows - 1) / rows);
  }

  /** Rows of the shard that come before a piece. */
  long rowsBefore(int piece, Shard shard) {
    return Math.min(shard.rows(), (long) piece * lanes[0].capacity() * lanes.length);
  }

  /** Computes what the lanes of one thread have to give of a piece. */
  void compute(int piece, int thread, RoundTask task, Shard shard, RoundState state) {
    long end = shard.firstRow() + shard.rows();
    for (int l = thread; l < lanes.length; l += plan.threads()) {
      long from = shard.firstRow() + rowsBefore(piece, shard) + (long) l * lanes[l].capacity();
      long to = Math.min(end, from + lanes[l].capacity());
      if (from < to) {
        lanes[l].sums().clear();
        lanes[l].accumulate(task, shard, from, to, state, 0);
        lanes[l].sums().directions(); // computes them in this thread
      } else {
        lanes[l].computeNothing();
      }
    }
  }

  /** Adds the lanes' directions over the parameters [from, to). */
  void add(int from, int to) {
    for (int t = 0; t < terms.length; t++) {
      int start = Math.max(from, terms[t].from());
      int length = Math.min(to, terms[t].to()) - start;
      for (int l = 0; l < lanes.length; l++) {
        VectorMath.addInPlace(sums[t], lanes[l].sums().direction(t).held(), start, length);
      }
    }
  }
}
