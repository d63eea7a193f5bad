package io.sparkae.core.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.random.RandomStreams;
import io.sparkae.spark.Tables;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objectives of several players: each player's direction is the slope of its own loss. */
class GamesTest extends ObjectiveContractTest {
  private static final int WIDTH = 5;
  private static final float[][] TABLE = Tables.lowRank(11, 7, WIDTH);

  /** Codes that penalties, dropout and k-sparseness read beside the discriminator. */
  private static ObjectiveCase withOptions() {
    AutoencoderSettings plain = autoencoder(new Noise(Corruption.NONE, 0, 0.2, 0, 0.25), false);
    AutoencoderSettings all =
        plain.with(new Penalties(0.1, 0, 0.2, 0.3, 0, 0, 0.05, 0.9, 0)).with(KSparsity.of(1));
    AdversarialNetwork network =
        new AdversarialNetwork(
            WIDTH,
            new AdversarialSettings(
                all, StandardPrior.GAUSSIAN, DiscriminatorSettings.DEFAULT, 0.7, 0));
    return toCase(
        "adversarial with options",
        new AdversarialObjective(network, false),
        new AdversarialObjective(network, true));
  }

  private static AutoencoderSettings autoencoder(Noise noise, boolean tied) {
    return new AutoencoderSettings(
        List.of(6),
        2,
        Activation.TANH,
        Activation.LINEAR,
        Activation.SIGMOID,
        LossKind.CROSS_ENTROPY,
        tied,
        Penalties.NONE,
        noise,
        KSparsity.NONE);
  }

  private static ObjectiveCase adversarial(
      Prior prior, Noise noise, boolean tied, double weight, double dropout) {
    AdversarialNetwork network =
        new AdversarialNetwork(
            WIDTH,
            new AdversarialSettings(
                autoencoder(noise, tied),
                prior,
                new DiscriminatorSettings(List.of(4, 3), Activation.TANH, dropout),
                weight,
                0));
    return toCase(
        "adversarial " + prior + noise + tied,
        new AdversarialObjective(network, false),
        new AdversarialObjective(network, true));
  }

  /** Rows of three classes, and two of unknown ones. */
  private static ObjectiveCase labelled() {
    float[][] labels = {{0}, {Prior.UNKNOWN}, {2}, {1}, {0}, {Prior.UNKNOWN}, {2}};
    AdversarialNetwork network =
        new AdversarialNetwork(
            WIDTH,
            new AdversarialSettings(
                autoencoder(Noise.NONE, false),
                StandardPrior.MIXTURE,
                new DiscriminatorSettings(List.of(4), Activation.TANH, 0),
                1,
                3));
    Objective objective = new AdversarialObjective(network, false);
    return new ObjectiveCase(
        "adversarial with classes",
        objective,
        new AdversarialObjective(network, true),
        new float[][][] {TABLE, labels},
        ObjectiveCase.point(objective, 5, 0.5),
        0.02,
        2e-3);
  }

  private static ObjectiveCase generative(boolean saturating, double smoothing) {
    GenerativeNetwork network =
        new GenerativeNetwork(
            WIDTH,
            new GenerativeSettings(
                3,
                List.of(4),
                Activation.TANH,
                Activation.SIGMOID,
                new DiscriminatorSettings(List.of(6, 4), Activation.TANH, 4 * smoothing),
                saturating,
                smoothing));
    return toCase(
        "generative " + saturating + smoothing,
        new GenerativeObjective(network, false),
        new GenerativeObjective(network, true));
  }

  private static ObjectiveCase toCase(String name, Objective objective, Objective twin) {
    return new ObjectiveCase(
        name,
        objective,
        twin,
        new float[][][] {TABLE},
        ObjectiveCase.point(objective, 5, 0.5),
        0.02,
        2e-3);
  }

  @Override
  protected Stream<ObjectiveCase> cases() {
    return Stream.of(
        adversarial(StandardPrior.GAUSSIAN, Noise.NONE, false, 1, 0),
        adversarial(
            StandardPrior.MIXTURE, new Noise(Corruption.MASKING, 0.3, 0, 0, 0), true, 0.3, 0.25),
        adversarial(StandardPrior.SWISS_ROLL, Noise.NONE, true, 2, 0),
        labelled(),
        withOptions(),
        generative(false, 0),
        generative(true, 0.1));
  }

  /** Names of the players with the losses that each minimises. */
  private static double own(ObjectiveCase c, String player, double[] losses) {
    boolean judge = player.equals("discriminator");
    double sum = 0;
    List<LossSpec> specs = c.objective().losses();
    for (int i = 0; i < losses.length; i++) {
      sum += specs.get(i).name().equals("discriminator") == judge ? losses[i] : 0;
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachPlayersDirectionIsTheSlopeOfItsOwnLossAlone(ObjectiveCase c) {
    ObjectiveRun run = new ObjectiveRun(c);
    float[] direction = run.compute(c.parameters()).direction();
    Random random = Seed.random(c.name());
    for (ParameterGroup group : c.objective().groups()) {
      for (ParameterSlice slice : c.objective().layout().slices()) {
        if (slice.offset() < group.from() || slice.end() > group.to()) {
          continue;
        }
        double[] v = new double[slice.length()];
        double square = 0;
        for (int i = 0; i < v.length; i++) {
          v[i] = random.nextGaussian();
          square += v[i] * v[i];
        }
        double expected = 0;
        double length = 0;
        for (int i = 0; i < v.length; i++) {
          v[i] /= Math.sqrt(square);
          expected += v[i] * direction[slice.offset() + i];
          length += direction[slice.offset() + i] * direction[slice.offset() + i];
        }
        double slope =
            (4 * difference(run, c, group, slice, v, 0.01)
                    - difference(run, c, group, slice, v, 0.02))
                / 3;
        assertThat(slope)
            .as("%s: %s by %s", c.name(), group.name(), slice.name())
            .isCloseTo(expected, within(2e-3 * Math.sqrt(length) + 2e-4));
      }
    }
  }

  private static double difference(
      ObjectiveRun run,
      ObjectiveCase c,
      ParameterGroup group,
      ParameterSlice slice,
      double[] v,
      double h) {
    double[] losses = new double[2];
    for (int side = 0; side < 2; side++) {
      float[] moved = c.parameters().clone();
      for (int i = 0; i < v.length; i++) {
        moved[slice.offset() + i] += (float) ((side == 0 ? h : -h) * v[i]);
      }
      losses[side] = own(c, group.name(), run.compute(moved).losses());
    }
    return (losses[0] - losses[1]) / (2 * h);
  }

  /** Without the adversarial weight, encoder and decoder get what an autoencoder's get. */
  @Test
  void withoutItsWeightThePriorSaysNothing() {
    ObjectiveCase game = adversarial(StandardPrior.GAUSSIAN, Noise.NONE, false, 0, 0);
    AutoencoderNetwork plain = new AutoencoderNetwork(WIDTH, autoencoder(Noise.NONE, false));
    AutoencoderObjective alone = new AutoencoderObjective(plain, false);
    float[] parameters = Arrays.copyOf(game.parameters(), plain.layout().size());
    ObjectiveCase single =
        new ObjectiveCase("alone", alone, null, new float[][][] {TABLE}, parameters, 0.02, 2e-3);
    float[] expected = new ObjectiveRun(single).compute(parameters).direction();
    float[] direction = new ObjectiveRun(game).compute(game.parameters()).direction();
    for (int i = 0; i < expected.length; i++) {
      assertThat(direction[i]).isCloseTo(expected[i], within(1e-6f));
    }
  }

  /** Moments of the priors, which the pictures of the paper show. */
  @Test
  void priorsAreWhatTheyAreCalled() {
    int rows = 40_000;
    RandomStreams random = new RandomStreams(3);
    for (StandardPrior prior : StandardPrior.values()) {
      double[] mean = new double[2];
      double radius = 0;
      float[] code = new float[2];
      for (int row = 0; row < rows; row++) {
        prior.draw(random, 1, row, Prior.UNKNOWN, 0, code, 0, 2);
        mean[0] += code[0] / rows;
        mean[1] += code[1] / rows;
        radius += Math.hypot(code[0], code[1]) / rows;
      }
      if (prior != StandardPrior.SWISS_ROLL) {
        assertThat(mean).containsExactly(new double[2], within(0.06));
      }
      double expected =
          switch (prior) {
            case GAUSSIAN -> Math.sqrt(Math.PI / 2);
            case MIXTURE -> 4;
            case SWISS_ROLL -> 4 * 2 / 3.0;
          };
      assertThat(radius).as(prior.name()).isCloseTo(expected, within(0.03));
    }
  }
}
