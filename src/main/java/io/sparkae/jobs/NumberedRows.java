package io.sparkae.jobs;

import io.sparkae.data.FeatureProvenance;
import io.sparkae.data.FeatureProvenance.ImageShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Some rows of a table, by their numbers in its order. */
final class NumberedRows {
  private final Dataset<Row> table;
  private final Model<?> model;

  /**
   * @param model reads the rows
   */
  NumberedRows(Dataset<Row> table, Model<?> model) {
    this.table = table;
    this.model = model;
  }

  /** The pictures that the rows are, if the table says so. */
  Optional<ImageShape> imageShape() {
    List<String> columns = Models.features(model);
    return columns.size() == 1
        ? FeatureProvenance.of(table.schema().apply(columns.get(0)))
            .flatMap(FeatureProvenance::image)
        : Optional.empty();
  }

  /** All rows with their codes. */
  Dataset<Row> encoded(String codeCol) {
    Models.clearOutputs(model);
    Models.set(model, "outputCol", codeCol, Common.SAVED_MODEL.name());
    return Common.transform(model, table);
  }

  /**
   * The features of rows.
   *
   * @param numbers from 0, in any order
   * @throws UsageException if the table is shorter
   */
  List<Vector> get(List<Long> numbers) {
    Set<Long> wanted = Set.copyOf(numbers);
    Map<Long, Vector> found =
        table
            .select(EncodedRows.features(model))
            .toJavaRDD()
            .zipWithIndex()
            .filter(numbered -> wanted.contains(numbered._2()))
            .map(
                numbered ->
                    new Tuple2<>(
                        numbered._2(), Vectors.dense(EncodedRows.features(numbered._1(), 0))))
            .collect()
            .stream()
            .collect(Collectors.toMap(Tuple2::_1, Tuple2::_2));
    for (long number : numbers) {
      if (!found.containsKey(number)) {
        throw new UsageException(
            "there is no row " + number + ": the table has " + table.count() + " rows, from 0 on");
      }
    }
    return numbers.stream().map(found::get).toList();
  }
}
