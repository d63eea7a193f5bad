package io.sparkae.core.objective;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** The contract over the grid of activations, losses, tied weights, decay and depth. */
class AutoencoderObjectiveTest extends ObjectiveContractTest {
  private static final int ROWS = 7;
  private static final int INPUTS = 6;
  private static final List<List<Integer>> HIDDEN = List.of(List.of(), List.of(5), List.of(5, 4));

  /** Their slope jumps, or its slope does: small steps, and a tolerance for the rounding. */
  private static final Set<Activation> KINKED =
      EnumSet.of(Activation.RELU, Activation.LEAKY_RELU, Activation.ELU);

  @Override
  protected Stream<ObjectiveCase> cases() {
    long seed = Seed.of("autoencoder rows");
    float[][] rows = rows(new Random(seed));
    List<ObjectiveCase> cases = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      for (LossKind loss : LossKind.values()) {
        for (boolean tied : new boolean[] {false, true}) {
          for (List<Integer> hidden : HIDDEN) {
            for (double decay : new double[] {0, 0.3}) {
              cases.add(autoencoderCase(activation, loss, tied, hidden, decay, rows, seed));
            }
          }
        }
      }
    }
    return cases.stream();
  }

  /** In [0, 1], as cross-entropy wants them, half of them 0; the last row is all zero. */
  private static float[][] rows(Random random) {
    float[][] rows = new float[ROWS][INPUTS];
    for (int i = 0; i < ROWS - 1; i++) {
      for (int j = 0; j < INPUTS; j++) {
        rows[i][j] = random.nextBoolean() ? 0 : random.nextFloat();
      }
    }
    return rows;
  }

  private static ObjectiveCase autoencoderCase(
      Activation activation,
      LossKind loss,
      boolean tied,
      List<Integer> hidden,
      double decay,
      float[][] rows,
      long seed) {
    boolean crossEntropy = loss == LossKind.CROSS_ENTROPY;
    Activation output = crossEntropy ? Activation.SIGMOID : activation;
    AutoencoderSettings settings =
        new AutoencoderSettings(hidden, 3, activation, activation, output, loss, tied, decay);
    AutoencoderNetwork network = new AutoencoderNetwork(INPUTS, settings);
    Objective objective = new AutoencoderObjective(network, false);
    float[] point;
    long attempt = seed;
    do {
      point = ObjectiveCase.point(objective, attempt++, 0.5);
    } while (activation != Activation.ELU // whose slope is continuous
        && KINKED.contains(activation)
        && KinkDistance.smallest(network, point, rows) < 0.01);
    boolean kinked = KINKED.contains(activation);
    String name =
        activation + " " + loss + (tied ? " tied" : "") + " hidden " + hidden + " decay " + decay;
    return new ObjectiveCase(
        name,
        objective,
        new AutoencoderObjective(network, true),
        new float[][][] {rows},
        point,
        kinked ? 2e-3 : 0.02,
        kinked ? 1e-2 : 2e-3);
  }
}
