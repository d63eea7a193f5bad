package io.sparkae.core.objective;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The contract over penalties, noise and k-sparse codes, alone and together. */
class AutoencoderOptionsTest extends ObjectiveContractTest {
  private static final int ROWS = 7;
  private static final int INPUTS = 6;
  private static final int CODE = 4;

  private final List<ObjectiveCase> cases = new ArrayList<>();
  private final float[][] rows = rows(new Random(Seed.of("rows of options")));

  @Override
  protected Stream<ObjectiveCase> cases() {
    if (cases.isEmpty()) {
      for (boolean tied : new boolean[] {false, true}) {
        addPenalties(tied);
        addNoise(tied);
        addKSparse(tied);
      }
    }
    return cases.stream();
  }

  private static float[][] rows(Random random) {
    float[][] rows = new float[ROWS][INPUTS];
    for (float[] row : rows) {
      for (int j = 0; j < INPUTS; j++) {
        row[j] = random.nextBoolean() ? 0 : random.nextFloat();
      }
    }
    return rows;
  }

  private void addPenalties(boolean tied) {
    add("weightL1", tied, Activation.SIGMOID, s -> s.with(weightL1(0.3)));
    for (Activation code :
        List.of(Activation.SIGMOID, Activation.TANH, Activation.SOFTPLUS, Activation.LINEAR)) {
      add("codeL1", tied, code, s -> s.with(code(0.3, 0, 0)));
      add("codeL2", tied, code, s -> s.with(code(0, 0.3, 0)));
      add("codeEntropy", tied, code, s -> s.with(code(0, 0, 0.3)));
    }
    for (Activation code : List.of(Activation.SIGMOID, Activation.TANH)) {
      add("sparsity", tied, code, s -> s.with(sparsity(0.7, 0.2)));
    }
    for (Activation code :
        List.of(Activation.SIGMOID, Activation.TANH, Activation.RELU, Activation.LINEAR)) {
      add("contraction", tied, code, s -> s.with(contraction(0.3)));
    }
    add(
        "all penalties",
        tied,
        Activation.SIGMOID,
        s -> s.with(new Penalties(0.1, 0.2, 0.3, 0.4, 0.1, 0.6, 0.3, 0.5, 0.2)));
  }

  private void addNoise(boolean tied) {
    for (Corruption corruption :
        List.of(Corruption.GAUSSIAN, Corruption.MASKING, Corruption.SALT_AND_PEPPER)) {
      add(
          "noise " + corruption,
          tied,
          Activation.SIGMOID,
          s -> s.with(new Noise(corruption, 0.4, 0, 0, 0)));
    }
    add("dropout", tied, Activation.TANH, s -> deep(s).with(noise(0.3, 0.4, 0.2)));
    add(
        "masking and input dropout",
        tied,
        Activation.TANH,
        s -> s.with(new Noise(Corruption.MASKING, 0.2, 0.2, 0, 0)));
    add(
        "contractive denoising",
        tied,
        Activation.SIGMOID,
        s -> s.with(contraction(0.2)).with(new Noise(Corruption.MASKING, 0.4, 0, 0, 0.3)));
  }

  private void addKSparse(boolean tied) {
    add("k-sparse", tied, Activation.LINEAR, s -> s.with(new KSparsity(2, 0, 0.5, 1)));
    add("scheduled", tied, Activation.LINEAR, s -> s.with(new KSparsity(1, 4, 1, 1)));
    add(
        "k-sparse denoising L1",
        tied,
        Activation.LINEAR,
        s ->
            s.with(new KSparsity(2, 0, 0.5, 1))
                .with(code(0.2, 0, 0))
                .with(new Noise(Corruption.MASKING, 0.3, 0, 0, 0)));
  }

  private static Penalties weightL1(double lambda) {
    return new Penalties(0, lambda, 0, 0, 0, 0, 0.5, 0, 0);
  }

  private static Penalties code(double l1, double l2, double entropy) {
    return new Penalties(0, 0, l1, l2, entropy, 0, 0.5, 0, 0);
  }

  private static Penalties sparsity(double beta, double rho) {
    return new Penalties(0, 0, 0, 0, 0, beta, rho, 0.5, 0);
  }

  private static Penalties contraction(double lambda) {
    return new Penalties(0, 0, 0, 0, 0, 0, 0.5, 0, lambda);
  }

  private static Noise noise(double input, double hidden, double code) {
    return new Noise(Corruption.NONE, 0, input, hidden, code);
  }

  private static AutoencoderSettings deep(AutoencoderSettings shallow) {
    return new AutoencoderSettings(
        List.of(5, 5),
        CODE,
        Activation.TANH,
        shallow.codeActivation(),
        shallow.outputActivation(),
        shallow.loss(),
        shallow.tiedWeights(),
        0);
  }

  private void add(
      String name, boolean tied, Activation code, UnaryOperator<AutoencoderSettings> options) {
    AutoencoderSettings plain =
        new AutoencoderSettings(
            List.of(),
            CODE,
            Activation.TANH,
            code,
            Activation.SIGMOID,
            LossKind.CROSS_ENTROPY,
            tied,
            0);
    AutoencoderNetwork network = new AutoencoderNetwork(INPUTS, options.apply(plain));
    Objective objective = new AutoencoderObjective(network, false);
    cases.add(
        new ObjectiveCase(
            name + " " + code + (tied ? " tied" : ""),
            objective,
            new AutoencoderObjective(network, true),
            new float[][][] {rows},
            smoothPoint(network, objective),
            2e-3,
            1e-2,
            true));
  }

  /**
   * Parameters without a weight near 0, and where no code comes near to 0 or to another unit's:
   * there the losses may have a kink.
   */
  private float[] smoothPoint(AutoencoderNetwork network, Objective objective) {
    long attempt = Seed.of("point of options");
    float[] point;
    do {
      point = ObjectiveCase.point(objective, attempt++, 0.8);
      for (int i = 0; i < point.length; i++) {
        point[i] += Math.copySign(0.02f, point[i]);
      }
    } while (CodeGap.smallest(network, point, rows) < 0.02);
    return point;
  }
}
