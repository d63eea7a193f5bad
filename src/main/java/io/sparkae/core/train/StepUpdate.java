package io.sparkae.core.train;

import io.sparkae.core.Check;
import io.sparkae.core.linalg.VectorMath;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.ParameterGroup;
import io.sparkae.core.objective.Sums;
import io.sparkae.core.optimize.Optimizer;
import io.sparkae.core.optimize.OptimizerSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One optimizer step along the mean direction of several {@link Contributions}, in which the
 * parameters are walked tile by tile.
 *
 * <p>One instance for each thread; elements are independent, so threads may step different tiles.
 */
final class StepUpdate {
  /** Elements that pass through all the loops of a step while they are in the first-level cache. */
  private static final int CHUNK = 1024;

  private final TrainingPlan plan;
  private final ParameterGroup[] groups;
  private final Optimizer[] optimizers;
  private final OptimizerSettings[] optimizerSettings;
  private final Contributions contributions;
  private final boolean clips;
  private final Tiles tiles;
  private final DirectionNorms norms;
  private final float[] shortening;

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
    shortening = new float[groups.length];
    contributions = new Contributions(objective, tiles);
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

  /** The norms of an objective's groups. */
  static DirectionNorms norms(Objective objective, Tiles tiles) {
    return new DirectionNorms(objective.groups().size(), tiles.count());
  }

  /** Whether {@link #measure} must have seen all parameters before any are stepped. */
  boolean clips() {
    return clips;
  }

  /** What the parts contribute, which is to be begun before tiles are stepped. */
  Contributions contributions() {
    return contributions;
  }

  /** Computes and measures the mean direction in a tile. */
  void measure(int tile) {
    if (!moves(tile)) {
      return;
    }
    contributions.sum(tile);
    for (int g = 0; g < groups.length; g++) {
      double squares = 0;
      int end = Math.min(tiles.end(tile), groups[g].to());
      for (int at = Math.max(tiles.start(tile), groups[g].from()); at < end; at += CHUNK) {
        int to = Math.min(end, at + CHUNK);
        float[] direction = contributions.mean(at, to);
        squares += VectorMath.dot(direction, direction, at, to - at);
      }
      norms.measure(g, tile, squares);
    }
  }

  /** All tiles have been measured: what follows steps along what each group's clip leaves. */
  void shorten() {
    for (int g = 0; g < groups.length; g++) {
      double clipNorm = optimizerSettings[g].clipNorm();
      shortening[g] = clipNorm > 0 ? norms.factor(g, clipNorm) : 1f;
    }
  }

  /** A step of all tiles, in one thread, from the parts' sums. */
  void step(Sums[] parts, RoundState state) {
    contributions.begin(parts);
    if (clips) {
      for (int tile = 0; tile < tiles.count(); tile++) {
        measure(tile);
      }
      shorten();
    }
    for (int tile = 0; tile < tiles.count(); tile++) {
      step(state, state.step(), tile);
    }
    contributions.updateStatistics(state);
    contributions.forget();
  }

  /**
   * Steps parameters and optimizer state in a tile; the state's step count is left alone. Where
   * directions are clipped, all tiles have been measured before.
   *
   * @param step optimizer steps done before this one
   */
  void step(RoundState state, long step, int tile) {
    if (!moves(tile) || stepTouched(state, step, tile)) {
      return;
    }
    if (!clips) {
      contributions.sum(tile);
    }
    for (int g = 0; g < groups.length; g++) {
      if (isFrozen(g)) {
        continue;
      }
      float stepSize = stepSize(g, step);
      int end = Math.min(tiles.end(tile), groups[g].to());
      for (int at = Math.max(tiles.start(tile), groups[g].from()); at < end; at += CHUNK) {
        int to = Math.min(end, at + CHUNK);
        float[] direction = clips ? shortened(g, at, to) : contributions.mean(at, to);
        optimizers[g].step(
            state.parameters(), state.optimizerState(), direction, at, to, stepSize, step);
      }
    }
  }

  /** What {@link #measure} left, shortened. */
  private float[] shortened(int group, int from, int to) {
    float[] direction = contributions.held();
    if (shortening[group] != 1f) {
      VectorMath.scaleInPlace(direction, from, to - from, shortening[group]);
    }
    return direction;
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
    int group = clips ? -1 : onlyGroup(from, to);
    int term =
        group < 0 || !optimizers[group].restsAtZero() ? -1 : contributions.touchedTerm(from, to);
    if (term < 0) {
      return false;
    }
    int length = contributions.touchedRowLength(term, from);
    float stepSize = stepSize(group, step);
    int at = contributions.nextTouchedRow(term, from, to);
    while (at < to) {
      int end = at + length;
      float[] direction = contributions.meanOfRow(term, at, end);
      optimizers[group].step(
          state.parameters(), state.optimizerState(), direction, at, end, stepSize, step);
      at = contributions.nextTouchedRow(term, end, to);
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

  private boolean isFrozen(int group) {
    return optimizerSettings[group].kind() == OptimizerSettings.Kind.FROZEN;
  }

  private float stepSize(int group, long step) {
    double epoch = (double) step / plan.stepsPerEpoch();
    return (float) optimizerSettings[group].stepSizeAt(epoch, plan.settings().epochs());
  }

  /** Whether any parameter of a tile is stepped: its direction need not be computed otherwise. */
  private boolean moves(int tile) {
    for (int g = 0; g < groups.length; g++) {
      if (!isFrozen(g)
          && groups[g].from() < tiles.end(tile)
          && tiles.start(tile) < groups[g].to()) {
        return true;
      }
    }
    return false;
  }
}
