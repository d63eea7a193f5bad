package io.sparkae.core.random;

import static io.sparkae.core.SameBits.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkae.core.Seed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomStreamsTest {
  private static final int SITE = RandomStreams.FIRST_FREE;
  private static final int ROWS = 20_000;
  private static final int PER_ROW = 10;

  private interface Draw {
    void fill(RandomStreams random, long row, float[] out, int offset, int length);
  }

  private static final Draw UNIFORM = (r, row, out, o, n) -> r.uniform(SITE, 3, row, out, o, n);
  private static final Draw NORMAL = (r, row, out, o, n) -> r.normal(SITE, 3, row, out, o, n);

  private static float[] draw(Draw draw, long seed) {
    RandomStreams random = new RandomStreams(seed);
    float[] out = new float[ROWS * PER_ROW];
    for (int row = 0; row < ROWS; row++) {
      draw.fill(random, row, out, row * PER_ROW, PER_ROW);
    }
    return out;
  }

  private static double moment(float[] values, double centre, int power) {
    double sum = 0;
    for (float value : values) {
      sum += Math.pow(value - centre, power);
    }
    return sum / values.length;
  }

  /** Tolerances are five standard errors of 200,000 independent draws. */
  @Test
  void uniformNumbersHaveTheMomentsOfTheUnitInterval() {
    float[] u = draw(UNIFORM, Seed.of("uniform"));
    for (float value : u) {
      assertThat(value >= 0 && value < 1).isTrue();
    }
    double standardError = 1 / Math.sqrt(u.length);
    assertThat(moment(u, 0, 1)).isCloseTo(0.5, within(5 * standardError * 0.289));
    assertThat(moment(u, 0.5, 2)).isCloseTo(1 / 12.0, within(5 * standardError * 0.0745));
    assertThat(moment(u, 0.5, 4)).isCloseTo(1 / 80.0, within(5 * standardError * 0.0167));
    int[] tenths = new int[10];
    for (float value : u) {
      tenths[(int) (value * 10)]++;
    }
    assertThat(chiSquare(tenths, u.length / 10.0)).isLessThan(33.7); // 9 degrees, p = 0.0001
  }

  @Test
  void normalNumbersHaveTheMomentsOfTheStandardNormal() {
    float[] z = draw(NORMAL, Seed.of("normal"));
    double standardError = 1 / Math.sqrt(z.length);
    assertThat(moment(z, 0, 1)).isCloseTo(0, within(5 * standardError));
    assertThat(moment(z, 0, 2)).isCloseTo(1, within(5 * standardError * Math.sqrt(2)));
    assertThat(moment(z, 0, 3)).isCloseTo(0, within(5 * standardError * Math.sqrt(15)));
    assertThat(moment(z, 0, 4)).isCloseTo(3, within(5 * standardError * Math.sqrt(96)));
    int[] quarters = new int[4];
    for (float value : z) {
      quarters[value < -0.6744898f ? 0 : value < 0 ? 1 : value < 0.6744898f ? 2 : 3]++;
    }
    assertThat(chiSquare(quarters, z.length / 4.0)).isLessThan(21.1); // 3 degrees, p = 0.0001
  }

  private static double chiSquare(int[] counts, double expected) {
    return Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
  }

  /** One float in a hundred million may round the other way. */
  @Test
  void normalNumbersAreThoseOfBoxAndMullerByStrictMath() {
    RandomStreams random = new RandomStreams(5);
    float[] z = new float[1001];
    for (int row = 0; row < 300; row++) {
      random.normal(SITE, 2, row, z, 0, z.length);
      for (int i = 0; i < z.length; i++) {
        double u = random.uniformAt(SITE, 2, row, i / 2 * 2) + 0x1p-24;
        double t = random.uniformAt(SITE, 2, row, i / 2 * 2 + 1);
        double radius = Math.sqrt(-2 * StrictMath.log(u));
        double angle = 2 * Math.PI * t;
        double expected = radius * (i % 2 == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle));
        assertThat(z[i]).as("u %s, t %s", u, t).isEqualTo((float) expected);
      }
    }
  }

  @Test
  void normalNumbersHoldAtTheEdgesOfTheUniformOnes() {
    int top = (1 << 24) - 1;
    int[] radii = {0, 1, 2, 11863282, 11863283, 1 << 22, 1 << 23, top - 1, top}; // some near √½
    BoxMuller pairs = new BoxMuller();
    for (int bits : radii) {
      double radius = Math.sqrt(-2 * StrictMath.log((bits + 1) * 0x1p-24));
      for (int eighth = 0; eighth < 8; eighth++) {
        for (int step = -1; step <= 1; step++) {
          int turn = ((eighth << 21) + step) & top;
          double angle = 2 * Math.PI * (turn * 0x1p-24);
          pairs.set(5, bits << 8, turn << 8);
          pairs.compute(6);
          assertThat((double) pairs.first(5))
              .isCloseTo(radius * StrictMath.cos(angle), within(3e-7));
          assertThat((double) pairs.second(5))
              .isCloseTo(radius * StrictMath.sin(angle), within(3e-7));
        }
      }
    }
  }

  /** P(|z| > 3) = 0.0027, P(|z| > 4) = 6.33e-5. */
  @Test
  void normalNumbersHaveTails() {
    RandomStreams random = new RandomStreams(Seed.of("tails"));
    float[] z = new float[1_000_000];
    random.normal(SITE, 0, 0, z, 0, z.length);
    int beyond3 = 0;
    int beyond4 = 0;
    for (float value : z) {
      beyond3 += Math.abs(value) > 3 ? 1 : 0;
      beyond4 += Math.abs(value) > 4 ? 1 : 0;
    }
    assertThat((double) beyond3).isCloseTo(2699.8, within(5 * Math.sqrt(2700)));
    assertThat((double) beyond4).isCloseTo(63.3, within(5 * Math.sqrt(63.3)));
  }

  /**
   * Box and Muller make their normals in pairs: neither the pair nor its neighbours may show it.
   */
  @Test
  void neighbouringNumbersAreUncorrelated() {
    for (Draw kind : new Draw[] {UNIFORM, NORMAL}) {
      float[] x = draw(kind, Seed.of("correlation"));
      double mean = moment(x, 0, 1);
      double variance = moment(x, mean, 2);
      for (int lag : new int[] {1, 2, 4, PER_ROW}) {
        double covariance = 0;
        for (int i = lag; i < x.length; i++) {
          covariance += (x[i] - mean) * (x[i - lag] - mean);
        }
        assertThat(covariance / x.length / variance)
            .as("lag %d", lag)
            .isCloseTo(0, within(5 / Math.sqrt(x.length)));
      }
    }
  }

  @Test
  void rowsNumbersDependNeitherOnHowManyAreDrawnNorOnTheOrderOfRows() {
    long seed = Seed.of("chunks");
    for (Draw kind : new Draw[] {UNIFORM, NORMAL}) {
      float[] forwards = draw(kind, seed);
      RandomStreams random = new RandomStreams(seed);
      for (int row = ROWS - 1; row >= 0; row -= 997) {
        float[] out = new float[50];
        kind.fill(random, row, out, 2, 41);
        float[] expected = Arrays.copyOfRange(forwards, row * PER_ROW, (row + 1) * PER_ROW);
        assertSameBits("row " + row, Arrays.copyOfRange(out, 2, 2 + PER_ROW), expected);
        assertThat(out[0] == 0 && out[1] == 0 && out[43] == 0).isTrue();
        for (int length = 0; length < PER_ROW; length++) {
          float[] few = new float[length];
          kind.fill(random, row, few, 0, length);
          assertSameBits("row " + row, few, Arrays.copyOf(expected, length));
        }
      }
    }
  }

  @Test
  void everyPartOfTheKeyChangesTheNumbers() {
    Set<Long> words = new HashSet<>();
    long[] values = {0, 1, 2, 1L << 31, (1L << 32) + 1};
    int drawn = 0;
    for (long seed : new long[] {0, 1, -1, 1L << 32, Long.MIN_VALUE}) {
      RandomStreams random = new RandomStreams(seed);
      for (int site : new int[] {0, 1, 16, 17, 1000}) {
        for (long epoch : new long[] {0, 1, 2, 100}) {
          for (long row : values) {
            words.add(random.word(site, epoch, row));
            drawn++;
          }
        }
      }
    }
    assertThat(words).hasSize(drawn);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -5})
  void serialisedStreamsGoOnTheSame(long seed) throws IOException, ClassNotFoundException {
    RandomStreams random = new RandomStreams(seed);
    long expected = random.word(SITE, 1, 2);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(random);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      RandomStreams copy = (RandomStreams) in.readObject();
      assertThat(copy.seed()).isEqualTo(seed);
      assertThat(copy.word(SITE, 1, 2)).isEqualTo(expected);
    }
  }
}
