package io.sparkae.jobs;

import io.sparkae.data.FeatureProvenance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The rows of a table that a report is made from: at most some thousand, spread over the table. */
final class ReportSample {
  /** About as many rows as are drawn at most. */
  static final int ROWS = 2000;

  /** Numbers that fit well into the driver's memory. */
  private static final int MOST_VALUES = 8_000_000;

  /** More labels than this are no classes. */
  static final int MOST_LABELS = 20;

  private static final String LABEL = "label";

  private final Dataset<Row> table;

  /**
   * Draws the rows: the same ones each time as long as the table's files stay the same.
   *
   * @param rows rows of the table
   * @param width numbers in a row: of very wide rows fewer are drawn
   */
  ReportSample(Dataset<Row> all, long rows, int width) {
    long wanted = Math.max(8, Math.min(ROWS, MOST_VALUES / width));
    this.table = rows <= wanted ? all : all.sample(false, (double) wanted / rows, 1);
  }

  Dataset<Row> table() {
    return table;
  }

  /** The shape of the rows of columns, if they are pictures in a column of their own. */
  Optional<FeatureProvenance.ImageShape> imageShape(List<String> columns) {
    return field(columns.get(0))
        .filter(field -> columns.size() == 1)
        .flatMap(FeatureProvenance::of)
        .flatMap(FeatureProvenance::image)
        .filter(shape -> shape.channels() == 1 || shape.channels() == 3);
  }

  private Optional<StructField> field(String column) {
    StructType schema = table.schema();
    return Arrays.stream(schema.fields()).filter(field -> field.name().equals(column)).findFirst();
  }

  /** The column of labels, if the table has one of numbers. */
  Optional<String> labelColumn() {
    return labelColumn(LABEL);
  }

  /** The column of that name, if the table has it and it is of numbers. */
  Optional<String> labelColumn(String name) {
    return field(name)
        .filter(field -> field.dataType() instanceof NumericType)
        .map(StructField::name);
  }

  /**
   * Labels as groups: none if there are too many, or values that are no whole numbers.
   *
   * @param names name of each group
   * @param groups index into {@code names} for each row
   */
  record Groups(List<String> names, int[] groups) {
    static final Groups NONE = new Groups(List.of(), new int[0]);
  }

  Groups groups(double[] labels) {
    TreeSet<Double> values = new TreeSet<>(Arrays.stream(labels).boxed().toList());
    if (labels.length == 0
        || values.size() > MOST_LABELS
        || values.stream().anyMatch(value -> value != Math.rint(value))) {
      return Groups.NONE;
    }
    List<Double> order = List.copyOf(values);
    List<String> known = labelNames(LABEL);
    List<String> names = order.stream().map(value -> name(value, known)).toList();
    return new Groups(names, Arrays.stream(labels).mapToInt(order::indexOf).toArray());
  }

  /** What a label is called, by the names of the classes 0, 1, 2, … */
  static String name(double label, List<String> known) {
    boolean whole = label == (long) label;
    return whole && label >= 0 && label < known.size()
        ? known.get((int) label)
        : whole ? String.valueOf((long) label) : String.valueOf(label);
  }

  /** Names of the classes 0, 1, 2, … of a column, if it has them. */
  List<String> labelNames(String column) {
    Attribute attribute = field(column).map(Attribute::fromStructField).orElse(null);
    return attribute instanceof NominalAttribute nominal && nominal.values().isDefined()
        ? List.of(nominal.values().get())
        : List.of();
  }
}
