package io.sparkae.core.train;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Direction;
import io.sparkae.core.linalg.VectorMath;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.ParameterGroup;
import io.sparkae.core.objective.StatisticSpec;
import io.sparkae.core.objective.Sums;
import io.sparkae.core.objective.Term;
import io.sparkae.core.objective.WeightSpec;
import io.sparkae.core.optimize.Optimizer;
import io.sparkae.core.optimize.OptimizerSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One optimizer step from the sums of several parts (micro-batches in a replica, replicas on the
 * driver), added in their order and divided by the weights of all of them.
 *
 * <p>Directions of the parts are used up. One instance for each thread; elements are independent,
 * so threads may step different tiles.
 */
final class StepUpdate {
  /** Elements that pass through all the loops of a step while they are in the first-level cache. */
  private static final int CHUNK = 1024;

  private final TrainingPlan plan;
  private final ParameterGroup[] groups;
  private final Optimizer[] optimizers;
  private final OptimizerSettings[] optimizerSettings;
  private final Term[] terms;
  private final int[] termWeights;
  private final StatisticSpec[] statistics;
  private final int[] statisticWeights;
  private final double[][] totals;
  private final boolean clips;
  private final Tiles tiles;
  private final DirectionNorms norms;
  private Sums[] parts = {};
  private Direction[][] partDirections = {};

  /** The steps of one thread alone. */
  StepUpdate(Objective objective, TrainingPlan plan) {
    this(objective, plan, new Tiles(objective.layout()));
  }

  private StepUpdate(Objective objective, TrainingPlan plan, Tiles tiles) {
    this(objective, plan, tiles, norms(objective, tiles));
  }

  /**
   * One thread's part in the steps.
   *
   * @param tiles of the parameters, which the threads that step together share
   * @param norms the same
   */
  StepUpdate(Objective objective, TrainingPlan plan, Tiles tiles, DirectionNorms norms) {
    this.plan = plan;
    this.tiles = tiles;
    this.norms = norms;
    TrainingSettings settings = plan.settings();
    groups = objective.groups().toArray(new ParameterGroup[0]);
    checkApart(groups);
    checkKnown(settings.groupOptimizers().keySet(), groups);
    optimizerSettings = new OptimizerSettings[groups.length];
    optimizers = new Optimizer[groups.length];
    for (int g = 0; g < groups.length; g++) {
      optimizerSettings[g] = settings.optimizerOf(groups[g].name());
      optimizers[g] = optimizerSettings[g].create();
    }
    clips = Arrays.stream(optimizerSettings).anyMatch(group -> group.clipNorm() > 0);
    List<WeightSpec> weights = objective.weights();
    totals = weights.stream().map(w -> new double[w.length()]).toArray(double[][]::new);
    terms = objective.terms().toArray(new Term[0]);
    termWeights = new int[terms.length];
    for (int t = 0; t < terms.length; t++) {
      termWeights[t] = Sums.weightIndex(weights, terms[t].weight());
      checkDivides(terms[t], weights.get(termWeights[t]));
    }
    statistics = objective.statistics().toArray(new StatisticSpec[0]);
    statisticWeights = new int[statistics.length];
    for (int s = 0; s < statistics.length; s++) {
      statisticWeights[s] = Sums.weightIndex(weights, statistics[s].weight());
    }
  }

  private static void checkApart(ParameterGroup[] groups) {
    for (int g = 1; g < groups.length; g++) {
      if (groups[g].from() < groups[g - 1].to()) {
        throw new IllegalArgumentException(
            "parameter group "
                + groups[g].name()
                + " begins before "
                + groups[g - 1].name()
                + " ends: groups must follow each other");
      }
    }
  }

  private static void checkKnown(Set<String> named, ParameterGroup[] groups) {
    List<String> known = Arrays.stream(groups).map(ParameterGroup::name).toList();
    for (String name : named) {
      Check.that(known.contains(name), "a group with an optimizer", "one of " + known, name);
    }
  }

  private static void checkDivides(Term term, WeightSpec weight) {
    if ((term.to() - term.from()) % weight.length() != 0) {
      throw new IllegalArgumentException(
          "term "
              + term.name()
              + " has "
              + (term.to() - term.from())
              + " parameters, which weight "
              + weight.name()
              + " of "
              + weight.length()
              + " elements does not divide evenly");
    }
  }

  /** The norms of an objective's groups. */
  static DirectionNorms norms(Objective objective, Tiles tiles) {
    return new DirectionNorms(objective.groups().size(), tiles.count());
  }

  /** Takes over what the parts of the next step contribute. */
  void begin(Sums[] contributions) {
    if (parts != contributions) {
      parts = contributions;
      partDirections = new Direction[parts[0].terms()][parts.length]; // none after a mere look
      for (int t = 0; t < partDirections.length; t++) {
        for (int p = 0; p < parts.length; p++) {
          partDirections[t][p] = parts[p].direction(t);
        }
      }
    }
    addWeights();
  }

  /** Whether {@link #measure} must have seen all parameters before any are stepped. */
  boolean clips() {
    return clips;
  }

  /** Computes and measures the mean direction in a tile. */
  void measure(int tile) {
    if (!moves(tile)) {
      return;
    }
    sumParts(tile);
    for (int g = 0; g < groups.length; g++) {
      double squares = 0;
      int end = Math.min(tiles.end(tile), groups[g].to());
      for (int at = Math.max(tiles.start(tile), groups[g].from()); at < end; at += CHUNK) {
        int to = Math.min(end, at + CHUNK);
        float[] direction = meanDirection(at, to);
        squares += VectorMath.dot(direction, direction, at, to - at);
      }
      norms.measure(g, tile, squares);
    }
  }

  /** All tiles of a step, in one thread. */
  void step(Sums[] contributions, RoundState state) {
    begin(contributions);
    for (int tile = 0; clips && tile < tiles.count(); tile++) {
      measure(tile);
    }
    for (int tile = 0; tile < tiles.count(); tile++) {
      step(state, state.step(), tile);
    }
  }

  /**
   * Steps parameters and optimizer state in a tile; the state's step count is left alone. Where
   * directions are clipped, all tiles have been measured before.
   *
   * @param step optimizer steps done before this one
   */
  void step(RoundState state, long step, int tile) {
    if (!clips && moves(tile)) {
      if (stepTouched(state, step, tile)) {
        return;
      }
      sumParts(tile);
    }
    double epoch = (double) step / plan.stepsPerEpoch();
    for (int g = 0; g < groups.length; g++) {
      if (optimizerSettings[g].kind() == OptimizerSettings.Kind.FROZEN) {
        continue;
      }
      float stepSize = (float) optimizerSettings[g].stepSizeAt(epoch, plan.settings().epochs());
      double clipNorm = optimizerSettings[g].clipNorm();
      float factor = clipNorm > 0 ? norms.factor(g, clipNorm) : 1f;
      int end = Math.min(tiles.end(tile), groups[g].to());
      for (int at = Math.max(tiles.start(tile), groups[g].from()); at < end; at += CHUNK) {
        int to = Math.min(end, at + CHUNK);
        float[] direction = clips ? measured(at, to, factor) : meanDirection(at, to);
        optimizers[g].step(
            state.parameters(), state.optimizerState(), direction, at, to, stepSize, step);
      }
    }
  }

  /**
   * Steps the rows of a tile that the minibatch has touched, where the optimizer would leave the
   * others alone.
   *
   * @return whether that is so; nothing has been done otherwise
   */
  private boolean stepTouched(RoundState state, long step, int tile) {
    int from = tiles.start(tile);
    int to = tiles.end(tile);
    int group = onlyGroup(from, to);
    int term = onlyTerm(from, to);
    if (group < 0 || term < 0 || !optimizers[group].restsAtZero()) {
      return false;
    }
    Direction[] directions = partDirections[term];
    int length = Direction.touchedRowLength(directions, from);
    if (length == 0) {
      return false;
    }
    double epoch = (double) step / plan.stepsPerEpoch();
    float stepSize = (float) optimizerSettings[group].stepSizeAt(epoch, plan.settings().epochs());
    float[] sum = directions[0].held();
    int at = Direction.nextTouchedRow(directions, from, to);
    while (at < to) {
      int end = at + length;
      Direction.sum(directions, sum, at, end);
      divide(terms[term], totals[termWeights[term]], sum, at, end);
      optimizers[group].step(
          state.parameters(), state.optimizerState(), sum, at, end, stepSize, step);
      at = end < to ? Direction.nextTouchedRow(directions, end, to) : to;
    }
    return true;
  }

  /** The group that has all of the parameters [from, to); −1 if there is none. */
  private int onlyGroup(int from, int to) {
    for (int g = 0; g < groups.length; g++) {
      if (groups[g].from() <= from && to <= groups[g].to()) {
        return g;
      }
    }
    return -1;
  }

  /** The term that alone reaches into the parameters [from, to), with all of them; else −1. */
  private int onlyTerm(int from, int to) {
    int only = -1;
    for (int t = 0; t < terms.length; t++) {
      if (terms[t].from() < to && from < terms[t].to()) {
        if (only >= 0 || terms[t].from() > from || terms[t].to() < to) {
          return -1;
        }
        only = t;
      }
    }
    return only;
  }

  /** Whether any parameter of a tile is stepped: its direction need not be computed otherwise. */
  private boolean moves(int tile) {
    for (int g = 0; g < groups.length; g++) {
      if (optimizerSettings[g].kind() != OptimizerSettings.Kind.FROZEN
          && groups[g].from() < tiles.end(tile)
          && tiles.start(tile) < groups[g].to()) {
        return true;
      }
    }
    return false;
  }

  /** Σ over parts of each term's direction in a tile, left in the first part. */
  private void sumParts(int tile) {
    for (int t = 0; t < terms.length; t++) {
      sumParts(t, tile, partDirections[t][0].held());
    }
  }

  /** target = Σ over parts of a term's direction in a tile. */
  void sumParts(int term, int tile, float[] target) {
    int from = Math.max(tiles.start(tile), terms[term].from());
    int to = Math.min(tiles.end(tile), terms[term].to());
    if (from < to) {
      Direction.sum(partDirections[term], target, from, to);
    }
  }

  /** What {@link #measure} left, shortened. */
  private float[] measured(int from, int to, float factor) {
    float[] direction = partDirections[0][0].held();
    if (factor != 1f) {
      VectorMath.scaleInPlace(direction, from, to - from, factor);
    }
    return direction;
  }

  /** newest = decay·old + (1 − decay)·(sum / weight); a weight of 0 keeps the old. */
  void updateStatistics(RoundState state) {
    for (int s = 0; s < statistics.length; s++) {
      double weight = totals[statisticWeights[s]][0];
      if (weight == 0) {
        continue;
      }
      double decay = statistics[s].decay();
      double[] values = state.statistics()[s];
      for (int i = 0; i < values.length; i++) {
        double sum = 0;
        for (Sums contribution : parts) {
          sum += contribution.statistics()[s][i];
        }
        values[i] = decay * values[i] + (1 - decay) * (sum / weight);
      }
    }
  }

  /** Lets the parts of the last step go, which may be as large as all replicas' directions. */
  void forget() {
    parts = new Sums[0];
    partDirections = new Direction[0][];
  }

  /** Sets the named statistics to sum / weight: the end of a pass over all rows. */
  void replaceStatistics(Sums[] contributions, RoundState state, List<String> names) {
    begin(contributions);
    for (int s = 0; s < statistics.length; s++) {
      double weight = totals[statisticWeights[s]][0];
      if (!names.contains(statistics[s].name()) || weight == 0) {
        continue;
      }
      double[] values = state.statistics()[s];
      for (int i = 0; i < values.length; i++) {
        double sum = 0;
        for (Sums contribution : parts) {
          sum += contribution.statistics()[s][i];
        }
        values[i] = sum / weight;
      }
    }
  }

  private void addWeights() {
    for (int w = 0; w < totals.length; w++) {
      Arrays.fill(totals[w], 0);
      for (Sums contribution : parts) {
        double[] weight = contribution.weights()[w];
        for (int i = 0; i < weight.length; i++) {
          totals[w][i] += weight[i];
        }
      }
    }
  }

  /**
   * Σ over terms of (Σ over parts) / weight, for the parameters [from, to) of a tile whose parts
   * are summed: left in the first part's array of the first term, so that all arrays of a step
   * share one index.
   */
  private float[] meanDirection(int from, int to) {
    float[] direction = partDirections[0][0].held();
    for (int t = 0; t < terms.length; t++) {
      int start = Math.max(from, terms[t].from());
      int end = Math.min(to, terms[t].to());
      if (t == 0) { // what lies outside the first term's range holds nothing yet
        Arrays.fill(direction, from, Math.min(Math.max(start, from), to), 0f);
        Arrays.fill(direction, Math.max(Math.min(end, to), from), to, 0f);
      }
      if (start < end) {
        float[] sum = partDirections[t][0].held();
        divide(terms[t], totals[termWeights[t]], sum, start, end);
        if (t > 0) {
          VectorMath.addInPlace(direction, sum, start, end - start);
        }
      }
    }
    return direction;
  }

  /** Divides each stretch of [from, to) by the weight that it belongs to. */
  private static void divide(Term term, double[] weight, float[] sum, int from, int to) {
    int stretch = (term.to() - term.from()) / weight.length;
    for (int i = from; i < to; ) {
      int unit = (i - term.from()) / stretch;
      int end = Math.min(to, term.from() + (unit + 1) * stretch);
      float factor = weight[unit] == 0 ? 0f : (float) (1 / weight[unit]);
      VectorMath.scaleInPlace(sum, i, end - i, factor);
      i = end;
    }
  }
}
