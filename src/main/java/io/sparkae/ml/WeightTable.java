package io.sparkae.ml;

import io.sparkae.core.Check;
import io.sparkae.core.graph.ParameterLayout;
import io.sparkae.core.graph.ParameterSlice;
import io.sparkae.core.train.Checksums;
import io.sparkae.data.SavedStageException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.apache.spark.sql.Row;

/**
 * The weights of a saved model, as stretches of slices: checked one after the other, first without
 * their values, and put into their places.
 */
final class WeightTable {
  private final String path;
  private final ParameterLayout layout;
  private final Map<String, ParameterSlice> slices = new HashMap<>();

  /**
   * @param path folder of the model, for errors
   * @param layout of the model that its metadata tell
   */
  WeightTable(String path, ParameterLayout layout) {
    this.path = path;
    this.layout = layout;
    layout.slices().forEach(slice -> slices.put(slice.name(), slice));
  }

  /** What the metadata say of weights. */
  static String checksum(float[] parameters) {
    CRC32C checksum = new CRC32C();
    Checksums.update(checksum, parameters, parameters.length);
    return Long.toHexString(checksum.getValue());
  }

  /** Stretches that a whole table has at most. */
  int mostStretches() {
    long most = layout.slices().size() + (long) layout.size() / TrainedModelWriter.STRETCH;
    return (int) Math.min(Integer.MAX_VALUE - 1, most);
  }

  /**
   * Checks that stretches are there for every weight, once.
   *
   * @param stretches slice, rows, columns, start and number of values, by their starts
   * @throws SavedStageException if they are not
   */
  void check(List<Row> stretches) {
    Map<String, Integer> filled = new HashMap<>();
    for (Row stretch : stretches) {
      ParameterSlice slice = slice(stretch);
      refuseIf(stretch.isNullAt(3) || stretch.isNullAt(4), nulls(slice.name()));
      int start = filled.getOrDefault(slice.name(), 0);
      int count = stretch.getInt(4);
      refuseIf(count < 0, nulls(slice.name())); // what Spark calls the size of null
      refuseIf(stretch.getInt(3) < start, "has weights for " + slice.name() + " twice");
      refuseIf(stretch.getInt(3) > start, missing(slice, start));
      refuseIf(
          count > slice.length() - start,
          "has more than " + slice.length() + " weights for " + slice.name());
      filled.put(slice.name(), start + count);
    }
    for (ParameterSlice slice : layout.slices()) {
      int end = filled.getOrDefault(slice.name(), 0);
      refuseIf(end != slice.length(), missing(slice, end));
    }
  }

  /**
   * Puts the values of stretches that were checked into their places.
   *
   * @param stretches slice, rows, columns, start and values
   * @return the flat vector
   * @throws SavedStageException if a value is missing or not finite
   */
  float[] fill(List<Row> stretches) {
    float[] parameters = new float[layout.size()];
    for (Row stretch : stretches) {
      ParameterSlice slice = slice(stretch);
      int at = slice.offset() + stretch.getInt(3);
      for (Float value : stretch.<Float>getList(4)) {
        refuseIf(value == null, nulls(slice.name()));
        refuseIf(
            !Float.isFinite(value),
            "has the weight "
                + value
                + " for "
                + slice.name()
                + ", element "
                + (at - slice.offset()));
        parameters[at++] = value;
      }
    }
    return parameters;
  }

  private ParameterSlice slice(Row stretch) {
    refuseIf(
        stretch.isNullAt(0) || stretch.isNullAt(1) || stretch.isNullAt(2), nulls("some slice"));
    String name = stretch.getString(0);
    ParameterSlice slice = slices.get(name);
    refuseIf(slice == null, "has weights for " + Check.shown(name) + ", which this model has not");
    int rows = stretch.getInt(1);
    int columns = stretch.getInt(2);
    refuseIf(
        rows != slice.rows() || columns != slice.columns(),
        "has weights of another shape for "
            + name
            + ": "
            + rows
            + " x "
            + columns
            + ", expected "
            + slice.rows()
            + " x "
            + slice.columns());
    return slice;
  }

  private static String nulls(String slice) {
    return "has a null in its weights for " + slice;
  }

  private static String missing(ParameterSlice slice, int start) {
    return "has no weights for " + slice.name() + " from element " + start + " on";
  }

  private void refuseIf(boolean wrong, String fault) {
    if (wrong) {
      throw new SavedStageException(path, fault);
    }
  }
}
