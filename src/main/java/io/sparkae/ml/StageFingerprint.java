package io.sparkae.ml;

import io.sparkae.core.checkpoint.Fingerprint;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What an estimator's training depends on, in the words of its Params. */
final class StageFingerprint {
  /** Params that the plan of a training makes definite, which is compared itself. */
  private static final List<String> LEFT_OPEN =
      List.of("replicas", "microBatches", "stepsPerRound");

  /** A path: what lies there is compared by its numbers. */
  private static final String ENCODER = "encoder";

  private StageFingerprint() {}

  /**
   * All Params but those that leave the trained model as it is, and the types of the columns that
   * they name.
   *
   * @param more what else there is to compare
   */
  static Fingerprint of(CheckpointParams stage, StructType schema, Map<String, String> more) {
    Set<String> without = new HashSet<>(OutputParams.NAMES);
    without.addAll(LEFT_OPEN);
    without.add(ENCODER);
    without.addAll(CheckpointParams.NAMES);
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("model", stage.getClass().getSimpleName());
    for (Param<?> param : stage.params()) {
      if (!without.contains(param.name())) {
        Object value = stage.isDefined(param) ? stage.getOrDefault(param) : "none";
        entries.put(param.name(), TrainingSummary.text(value));
        addTypes(param.name(), value, schema, entries);
      }
    }
    entries.putAll(more);
    return new Fingerprint(entries);
  }

  private static void addTypes(
      String param, Object value, StructType schema, Map<String, String> entries) {
    if (!param.endsWith("Col") && !param.endsWith("Cols")) {
      return;
    }
    List<String> names =
        value instanceof String[] several ? List.of(several) : List.of(String.valueOf(value));
    for (StructField field : schema.fields()) {
      if (names.contains(field.name())) {
        entries.put("type of " + field.name(), field.dataType().simpleString());
      }
    }
  }

  /** A name for numbers that two trainings share. */
  static String checksum(float[] values) {
    return Integer.toHexString(Arrays.hashCode(values));
  }
}
