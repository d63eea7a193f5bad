package io.sparkae.core.train;

import io.sparkae.core.Check;
import io.sparkae.core.checkpoint.Fingerprint;
import io.sparkae.core.objective.Objective;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/** What a training's bits depend on, less the machine and the values of its rows. */
final class TrainingFingerprint {
  /** Settings that the plan makes definite. */
  private static final Set<String> LEFT_OPEN = Set.of("replicas", "microBatches", "stepsPerRound");

  private TrainingFingerprint() {}

  /**
   * Of a training that has not begun.
   *
   * @param start the parameters that it starts from
   */
  static Fingerprint of(
      Objective objective, TrainingPlan plan, TrainingLoop.Replicas replicas, float[] start) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("objective", objective.getClass().getSimpleName());
    entries.put(
        "columns",
        listed(
            objective.columns(),
            c -> c.name() + " " + c.width() + (c.sparse() ? " sparse" : " dense")));
    entries.put("rows", String.valueOf(plan.rows()));
    entries.put("validation rows", String.valueOf(replicas.validationRows()));
    entries.put(
        "parameters",
        listed(objective.layout().slices(), s -> s.name() + " " + s.rows() + "x" + s.columns()));
    entries.put("statistics", listed(objective.statistics(), Object::toString));
    entries.put("groups", listed(objective.groups(), Object::toString));
    entries.put("losses", listed(objective.losses(), Object::toString));
    entries.put("replicas", String.valueOf(plan.replicas()));
    entries.put("microBatches", String.valueOf(plan.microBatches()));
    entries.put("stepsPerRound", String.valueOf(plan.stepsPerRound()));
    addComponents("", plan.settings(), entries);
    CRC32C checksum = new CRC32C();
    Checksums.update(checksum, start, start.length);
    entries.put("initial weights of checksum", Long.toHexString(checksum.getValue()));
    entries.putAll(replicas.rowsFingerprint().entries());
    return new Fingerprint(entries);
  }

  private static <T> String listed(List<T> values, Function<T, String> words) {
    return values.isEmpty() ? "none" : values.stream().map(words).collect(Collectors.joining(", "));
  }

  /** The components of a record, those of records in it as {@code optimizer.stepSize}. */
  private static void addComponents(String prefix, Record record, Map<String, String> entries) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      String name = prefix + component.getName();
      if (!LEFT_OPEN.contains(name)) {
        add(name, value(record, component), entries);
      }
    }
  }

  private static void add(String name, Object value, Map<String, String> entries) {
    if (value instanceof Record inner) {
      addComponents(name + ".", inner, entries);
    } else if (value instanceof Map<?, ?> named) {
      Map<String, Object> sorted = new TreeMap<>();
      named.forEach((key, one) -> sorted.put(String.valueOf(key), one));
      sorted.forEach((key, one) -> add(name + "." + key, one, entries));
    } else if (value instanceof Enum<?> word) {
      entries.put(name, Check.camelCase(word));
    } else {
      entries.put(name, String.valueOf(value));
    }
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
