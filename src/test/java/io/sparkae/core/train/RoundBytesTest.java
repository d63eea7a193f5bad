package io.sparkae.core.train;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.Seed;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Sums;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What travels between driver and replicas arrives to the bit. */
class RoundBytesTest {
  private static TrainingSettings settings(Example example) {
    return example.settings(Averaging.LOCAL, 10, 1, 1, 0);
  }

  private static void fill(Random random, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
  }

  private static void fill(Random random, double[]... arrays) {
    for (double[] values : arrays) {
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextGaussian();
      }
    }
  }

  private static RoundState randomState(Example example, Random random) {
    RoundState state = new RoundState(example.objective, settings(example));
    fill(random, state.parameters());
    for (float[] slot : state.optimizerState()) {
      fill(random, slot);
    }
    fill(random, state.statistics());
    state.setStep(random.nextLong());
    return state;
  }

  private static void assertSame(RoundState actual, RoundState expected) {
    assertSameBits("parameters", actual.parameters(), expected.parameters());
    for (int slot = 0; slot < expected.optimizerState().length; slot++) {
      assertSameBits("slot", actual.optimizerState()[slot], expected.optimizerState()[slot]);
    }
    assertThat(actual.statistics()).isDeepEqualTo(expected.statistics());
    assertThat(actual.step()).isEqualTo(expected.step());
  }

  @ParameterizedTest
  @EnumSource
  void stateComesBack(Example example) {
    RoundState state = randomState(example, Seed.random("round state"));
    RoundState copy = new RoundState(example.objective, settings(example));
    copy.fromBytes(state.toBytes(RoundTask.Kind.WALK), RoundTask.Kind.WALK);
    assertSame(copy, state);
  }

  @ParameterizedTest
  @EnumSource
  void onlyReplicasThatWalkAreSentTheOptimizersVectors(Example example) {
    RoundState state = randomState(example, Seed.random("round state for a sum"));
    RoundState copy = new RoundState(example.objective, settings(example));
    copy.fromBytes(state.toBytes(RoundTask.Kind.SUM), RoundTask.Kind.SUM);
    assertSameBits("parameters", copy.parameters(), state.parameters());
    assertThat(copy.statistics()).isDeepEqualTo(state.statistics());
    for (float[] slot : copy.optimizerState()) {
      assertThat(slot).containsOnly(0f);
    }
  }

  @ParameterizedTest
  @EnumSource
  void resultOfEveryKindComesBack(Example example) {
    Random random = Seed.random("round result");
    Objective objective = example.objective;
    for (RoundTask.Kind kind : RoundTask.Kind.values()) {
      boolean walks = kind == RoundTask.Kind.WALK;
      Sums sums = new Sums(objective);
      fill(random, sums.losses());
      fill(random, sums.weights());
      fill(random, sums.statistics());
      for (float[] direction : sums.directions()) {
        fill(random, direction);
      }
      RoundState state = walks ? randomState(example, random) : null;
      boolean sumsInDouble = kind == RoundTask.Kind.GRADIENT;
      double[][] gradients = sumsInDouble ? GradientSum.room(objective) : new double[0][];
      fill(random, gradients);
      RoundResult result = new RoundResult(kind, sums, state, gradients, UpdatePrecision.FLOAT32);
      result.setRows(random.nextLong());
      RoundResult copy = new RoundResult(kind, objective, settings(example));
      copy.fromBytes(result.toBytes());
      assertThat(copy.rows()).isEqualTo(result.rows());
      assertThat(copy.sums().losses()).containsExactly(sums.losses());
      assertThat(copy.sums().weights()).isDeepEqualTo(sums.weights());
      assertThat(copy.sums().statistics()).isDeepEqualTo(sums.statistics());
      for (int t = 0; kind == RoundTask.Kind.SUM && t < sums.directions().length; t++) {
        assertSameBits("direction", copy.sums().directions()[t], sums.directions()[t]);
      }
      assertThat(copy.gradients()).isDeepEqualTo(gradients);
      if (walks) {
        assertSame(copy.state(), state);
      }
    }
  }

  @Test
  void parametersTravelAsLittleEndianFloatsBehindTheStep() {
    RoundState state = new RoundState(Example.GAME.objective, settings(Example.GAME));
    state.setStep(5);
    state.parameters()[0] = 1.5f;
    state.parameters()[1] = -2;
    ByteBuffer bytes =
        ByteBuffer.wrap(state.toBytes(RoundTask.Kind.WALK)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.getLong()).isEqualTo(5);
    assertThat(bytes.getFloat()).isEqualTo(1.5f);
    assertThat(bytes.getFloat()).isEqualTo(-2f);
  }
}
