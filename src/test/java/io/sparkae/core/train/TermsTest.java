package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Term;
import io.sparkae.core.objective.WeightSpec;
import io.sparkae.core.optimize.OptimizerSettings;
import io.sparkae.core.seam.PartlyLabelled;
import io.sparkae.core.seam.TinyMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each term of the direction is divided by the weight that it names, wherever its sums were made.
 */
class TermsTest {
  private static final int ROWS = 20;
  private static final int WIDTH = 3;
  private static final double ETA = 0.1;

  private static TrainingSettings oneStep(Averaging averaging, int replicas, int microBatches) {
    OptimizerSettings sgd =
        OptimizerSettings.DEFAULT.withKind(OptimizerSettings.Kind.SGD).withStepSize(ETA);
    return new TrainingSettings(sgd, Map.of(), ROWS, 1, averaging, replicas, microBatches, 1, 5);
  }

  /**
   * One plain gradient step over some rows, by hand: w − η(Σ(w − x)/n + Σ label/10/m), v likewise.
   */
  private static double[] stepped(float[] w, float[][] x, float[][] labels, int from, int to) {
    double[] direction = new double[2 * WIDTH];
    double labelled = 0;
    for (int row = from; row < to; row++) {
      labelled += Float.isNaN(labels[row][0]) ? 0 : 1;
    }
    for (int row = from; row < to; row++) {
      double error = -labels[row][0];
      for (int i = 0; i < WIDTH; i++) {
        direction[i] += (w[i] - x[row][i]) / (to - from);
        error += w[WIDTH + i] * x[row][i];
      }
      for (int i = 0; i < WIDTH && !Double.isNaN(error); i++) {
        direction[i] += 0.1 * labels[row][0] / labelled;
        direction[WIDTH + i] += error * x[row][i] / labelled;
      }
    }
    double[] moved = new double[2 * WIDTH];
    Arrays.setAll(moved, i -> w[i] - ETA * direction[i]);
    return moved;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "4, 1", "4, 3", "30, 2"})
  void partlyLabelledRowsDivideByRowsAndByLabelledRows(int replicas, int microBatches) {
    Random random = Seed.random("partly labelled");
    Objective objective = new PartlyLabelled(WIDTH);
    float[][] x = Data.uniform(random, ROWS, WIDTH);
    float[][] labels = Data.labels(random, ROWS);
    Arrays.fill(labels[ROWS - 1], Float.NaN);
    Block all = Data.block(objective.columns(), x, labels);
    for (Averaging averaging : Averaging.values()) {
      TrainingSettings settings = oneStep(averaging, replicas, microBatches);
      float[] start = RoundState.initial(objective, settings).parameters();
      double[] expected = new double[2 * WIDTH];
      // In local mode each replica divides its own sums, and the driver averages by rows.
      int parts = averaging == Averaging.LOCAL ? replicas : 1;
      for (int r = 0; r < parts; r++) {
        int from = r * ROWS / parts;
        int to = (r + 1) * ROWS / parts;
        double[] part = from == to ? new double[2 * WIDTH] : stepped(start, x, labels, from, to);
        for (int i = 0; i < part.length; i++) {
          expected[i] += part[i] * (to - from) / ROWS;
        }
      }
      TrainingResult result = InProcessReplicas.train(objective, settings, 2, all);
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) result.state().parameters()[i])
            .as("%s, element %d", averaging, i)
            .isCloseTo(expected[i], within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "4, 2"})
  void unitsOfAMapDivideEachByItsOwnKernelMass(int replicas, int microBatches) {
    int units = 5;
    Objective objective = new TinyMap(units, WIDTH);
    float[][] x = Data.uniform(Seed.random("map"), ROWS, WIDTH);
    TrainingSettings settings = oneStep(Averaging.SYNCHRONOUS, replicas, microBatches);
    float[] w = RoundState.initial(objective, settings).parameters();
    w[0] = 100; // unit 0 is far from all rows and next to nobody but unit 1
    double[] mass = new double[units];
    double[][] pull = new double[units][WIDTH];
    for (float[] row : x) {
      int winner = 0;
      for (int unit = 1; unit < units; unit++) {
        winner = distance(w, unit, row) < distance(w, winner, row) ? unit : winner;
      }
      for (int unit = 0; unit < units; unit++) {
        double kernel = TinyMap.kernel(Math.abs(unit - winner));
        mass[unit] += kernel;
        for (int i = 0; i < WIDTH; i++) {
          pull[unit][i] += kernel * (row[i] - w[unit * WIDTH + i]);
        }
      }
    }
    TrainingPlan plan = TrainingPlan.of(settings, ROWS, 1, 2, false);
    RoundState state = RoundState.initial(objective, settings);
    state.parameters()[0] = 100;
    Block all = Data.block(objective.columns(), x);
    new TrainingLoop(
            objective,
            plan,
            new InProcessReplicas(objective, plan, all),
            TrainingListener.NONE,
            state)
        .run();
    for (int unit = 0; unit < units; unit++) {
      for (int i = 0; i < WIDTH; i++) {
        double step = mass[unit] == 0 ? 0 : ETA * pull[unit][i] / mass[unit];
        assertThat((double) state.parameters()[unit * WIDTH + i])
            .as("unit %d of mass %s", unit, mass[unit])
            .isCloseTo(w[unit * WIDTH + i] + step, within(1e-5));
      }
    }
  }

  private static double distance(float[] w, int unit, float[] x) {
    double square = 0;
    for (int i = 0; i < WIDTH; i++) {
      square += Math.pow(x[i] - w[unit * WIDTH + i], 2);
    }
    return square;
  }

  @Test
  void termsThatNoWeightCanDivideAreRefused() {
    TrainingSettings settings = oneStep(Averaging.LOCAL, 1, 1);
    TrainingPlan plan = TrainingPlan.of(settings, 1, 1, 1, false);
    assertThatThrownBy(() -> new StepUpdate(new Misfit("mass"), plan))
        .hasMessage(
            "term pull has 10 parameters, which weight mass of 4 elements does not divide evenly");
    assertThatThrownBy(() -> new StepUpdate(new Misfit("charge"), plan))
        .hasMessage("the objective declares no weight charge");
  }

  /** Ten parameters under a weight of four, or under none. */
  private static final class Misfit extends ForwardingObjective {
    private static final long serialVersionUID = 1L;
    private final String weight;

    Misfit(String weight) {
      super(new TinyMap(5, 2));
      this.weight = weight;
    }

    @Override
    public List<WeightSpec> weights() {
      return List.of(WeightSpec.ROWS, new WeightSpec("mass", 4));
    }

    @Override
    public List<Term> terms() {
      return List.of(new Term("pull", 0, 10, weight));
    }
  }
}
