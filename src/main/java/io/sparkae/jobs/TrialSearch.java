package io.sparkae.jobs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Looks for the settings with the fewest validation errors: from a start, one setting after the
 * other, each alternative against the best so far.
 *
 * @param start the first trial
 * @param alternatives for each setting in turn, other values of it
 */
record TrialSearch(Trial start, List<List<UnaryOperator<Trial>>> alternatives) {
  /** Passes over 10,000 rows for each layer; fewer rows get as many more, most ten times. */
  private static final int LAYER_EPOCHS = 50;

  private static final int MACHINE_EPOCHS = 90;

  private static final int EPOCHS = 80;
  private static final int PATIENCE = 20;
  private static final int ROWS = 10_000;

  /** Runs a trial, or knows its result. */
  @FunctionalInterface
  interface Runner {
    Trial.Result run(Trial trial) throws IOException;
  }

  /** A trial and what came out. */
  record Best(Trial trial, Trial.Result result) {}

  /**
   * The search of a column.
   *
   * @param rows training rows of the set
   * @param quick whether small nets and few epochs are to do, to see that all works
   */
  static TrialSearch of(String column, long rows, boolean quick, long seed) {
    List<Double> levels = Vincent2008.corruptionLevels(column).orElse(List.of(0.0));
    boolean machine = Vincent2008.corruptionLevels(column).isEmpty();
    double more = Math.min(10, Math.max(1, (double) ROWS / rows));
    int layerEpochs = machine ? MACHINE_EPOCHS : LAYER_EPOCHS;
    Trial start =
        new Trial(
            column,
            new Trial.Pretraining(
                quick ? 100 : 1000,
                levels.get(0),
                machine ? 100 : 5,
                machine ? 0.05 : 0.1,
                quick ? 20 : (int) (layerEpochs * more)),
            new Trial.Tuning(
                quick ? 0 : 0.5,
                quick ? 0.003 : 0.0005,
                quick ? 60 : (int) (EPOCHS * more),
                quick ? 20 : (int) (PATIENCE * more)),
            seed);
    if (quick) {
      return new TrialSearch(start, List.of(List.of(t -> t.withStepSize(0.01))));
    }
    List<List<UnaryOperator<Trial>>> alternatives = new ArrayList<>();
    alternatives.add(List.of(t -> t.withDropout(0)));
    alternatives.add(
        levels.stream()
            .skip(1)
            .<UnaryOperator<Trial>>map(level -> t -> t.withCorruptionLevel(level))
            .toList());
    alternatives.add(List.of(t -> t.withLayerStepSize(t.pretraining().stepSize() / 5)));
    alternatives.add(List.of(t -> t.withStepSize(t.tuning().stepSize() / 2)));
    alternatives.add(List.of(t -> t.withWidth(t.pretraining().width() / 2)));
    return new TrialSearch(start, alternatives);
  }

  /** How many trials there are. */
  int trials() {
    return 1 + alternatives.stream().mapToInt(List::size).sum();
  }

  /** Runs them. */
  Best run(Runner runner) throws IOException {
    Best best = new Best(start, runner.run(start));
    for (List<UnaryOperator<Trial>> values : alternatives) {
      Trial from = best.trial();
      for (UnaryOperator<Trial> value : values) {
        Trial other = value.apply(from);
        Trial.Result result = runner.run(other);
        if (result.validationErrorPercent() < best.result().validationErrorPercent()) {
          best = new Best(other, result);
        }
      }
    }
    return best;
  }
}
