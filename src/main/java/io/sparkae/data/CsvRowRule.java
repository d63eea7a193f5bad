package io.sparkae.data;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Which rows of a CSV file fit.
 *
 * @param schema columns of the file; after them, a row has the line if it does not fit them
 * @param features columns of numbers that are used
 * @param label column of the labels, −1 for none
 * @param labelNames words that labels may be, in order; empty for any
 * @param keepsMissing whether a feature may be missing or NaN
 */
record CsvRowRule(
    StructType schema,
    List<Integer> features,
    int label,
    Set<String> labelNames,
    boolean keepsMissing)
    implements Serializable {
  private static final int SHOWN_NAMES = 10;

  /**
   * What is wrong with a row.
   *
   * @param what such as {@code has no value in column a}
   * @param wayOut what helps, beside mending or dropping it
   */
  record Fault(String what, String wayOut) implements Serializable {}

  /** The first fault of a row. */
  Optional<Fault> fault(Row row) {
    if (!row.isNullAt(schema.size())) {
      String line = TextNumbers.shown(row.getString(schema.size()).strip());
      return Optional.of(
          new Fault("does not fit the " + schema.size() + " columns (" + line + ")", ""));
    }
    return labelFault(row)
        .or(() -> features.stream().flatMap(at -> featureFault(row, at).stream()).findFirst());
  }

  private Optional<Fault> labelFault(Row row) {
    if (label < 0) {
      return Optional.empty();
    }
    if (row.isNullAt(label)) {
      return Optional.of(new Fault("has no value in" + column(label), ""));
    }
    boolean isKnown =
        labelNames.isEmpty()
            || !(row.get(label) instanceof String word)
            || labelNames.contains(word);
    if (isKnown) {
      return Optional.empty();
    }
    String known = labelNames.stream().limit(SHOWN_NAMES).collect(Collectors.joining(", "));
    return Optional.of(
        new Fault(
            "has the label "
                + TextNumbers.shown(row.getString(label))
                + " in"
                + column(label)
                + ", where the table of the scaler knows "
                + known
                + (labelNames.size() > SHOWN_NAMES ? ", ..." : ""),
            ", or read the rows without labels"));
  }

  private Optional<Fault> featureFault(Row row, int at) {
    boolean isGap = row.isNullAt(at);
    double value = isGap ? Double.NaN : ((Number) row.get(at)).doubleValue();
    if (Double.isFinite(value) || Double.isNaN(value) && keepsMissing) {
      return Optional.empty();
    }
    return Optional.of(
        new Fault(
            "has " + (isGap ? "no value" : String.valueOf(value)) + " in" + column(at),
            Double.isNaN(value) ? ", or let NaN mark what is missing with keep" : ""));
  }

  private String column(int at) {
    return " column " + schema.apply(at).name();
  }
}
