package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkae.core.fuzz.Fuzzed;
import io.sparkae.core.fuzz.Mutants;
import io.sparkae.core.fuzz.Outcome;
import io.sparkae.data.SavedStageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.jdk.javaapi.CollectionConverters;

/** What a saved restorer says that rows are like is taken as it is, or refused in one line. */
class RestorerFuzzTest {
  private static final String PATH = "out/restorer";
  private static final long BYTES = 5_000_000;
  private static final int FEATURES = 3;
  private static final int CODE_SIZE = 2;
  private static final double[] SPECIAL = {
    0, -1, Double.NaN, Double.NEGATIVE_INFINITY, Float.MAX_VALUE, Float.MIN_VALUE
  };

  private static List<Object> whole() {
    return new ArrayList<>(
        List.of(
            List.of(0.5, -2.0, 0.0),
            List.of(1.0, 0.25, 0.0),
            List.of(0.1, 0.0, 0.2),
            0.75,
            2.0,
            List.of(0.5f, -0.5f),
            List.of(1f, 0f, 0f, 2f)));
  }

  @Provide
  Arbitrary<List<Object>> rows() {
    return Arbitraries.integers()
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(
            changes -> {
              List<Object> cells = whole();
              changes.forEach(change -> change(cells, Mutants.random(change)));
              return cells;
            });
  }

  private static void change(List<Object> cells, Random random) {
    int at = random.nextInt(cells.size());
    Object cell = cells.get(at);
    double special = SPECIAL[random.nextInt(SPECIAL.length)];
    if (random.nextInt(6) == 0) {
      cells.set(at, null);
    } else if (cell instanceof List<?> list) {
      List<Object> values = new ArrayList<>(list);
      int one = random.nextInt(values.size() + 1);
      Object value = at < 5 ? (Object) special : (Object) (float) special;
      switch (random.nextInt(4)) {
        case 0 -> values = values.subList(0, one);
        case 1 -> values.add(one, value);
        case 2 -> values.replaceAll(any -> value);
        default -> {
          if (one < values.size()) {
            values.set(one, value);
          }
        }
      }
      cells.set(at, values.isEmpty() ? List.of() : values);
    } else if (cell != null) {
      cells.set(at, special);
    }
  }

  private static Row row(List<Object> cells) {
    return RowFactory.create(
        cells.stream()
            .map(
                cell ->
                    cell instanceof List<?> list
                        ? CollectionConverters.asScala(list).toSeq()
                        : cell)
            .toArray());
  }

  private static double[] numbers(Object cell) {
    return ((List<?>) cell).stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  @Fuzzed
  void likenessIsTakenOrRefused(@ForAll("rows") List<Object> cells) throws Exception {
    Row row = row(cells);
    Optional<Likeness> read =
        Outcome.of(
            () -> RestorerReader.likeness(PATH, row, FEATURES, CODE_SIZE),
            SavedStageException.class,
            PATH + " ",
            BYTES);
    if (read.isEmpty()) {
      return;
    }
    Likeness likeness = read.get();
    assertThat(likeness.means()).containsExactly(numbers(cells.get(0))).hasSize(FEATURES);
    assertThat(likeness.variances()).containsExactly(numbers(cells.get(1))).hasSize(FEATURES);
    assertThat(likeness.residuals()).containsExactly(numbers(cells.get(2))).hasSize(FEATURES);
    assertThat(DoubleStream.of(likeness.means())).allMatch(Double::isFinite);
    assertThat(
            DoubleStream.concat(
                DoubleStream.of(likeness.variances()), DoubleStream.of(likeness.residuals())))
        .allMatch(value -> value >= 0 && Double.isFinite(value));
    assertThat(likeness.usual()).isEqualTo(cells.get(3)).isNotNegative().isFinite();
    assertThat(likeness.nats()).isEqualTo(cells.get(4)).isNotNegative().isFinite();
    if (cells.get(5) == null) {
      assertThat(cells.get(6)).isNull();
      assertThat(likeness.codes()).isNull();
    } else {
      assertThat(doubles(likeness.codes().mean())).containsExactly(numbers(cells.get(5)));
      double[] axes = doubles(likeness.codes().axes());
      assertThat(axes).containsExactly(numbers(cells.get(6)));
      for (int axis = 0; axis < CODE_SIZE; axis++) {
        double[] of = Arrays.copyOfRange(axes, axis * CODE_SIZE, (axis + 1) * CODE_SIZE);
        assertThat(DoubleStream.of(of).map(v -> v * v).sum()).isPositive().isFinite();
      }
    }
  }
}
