package io.sparkae.data;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Makes tables of the columns {@code features} (vector) and {@code label} (double) from row ranges.
 */
final class FeatureTables {
  static final String FEATURES = "features";
  static final String LABEL = "label";

  private FeatureTables() {}

  /** Rows {@code start} to {@code end} - 1: what one task makes. */
  record RowRange(long start, long end) implements Serializable {}

  /**
   * A table whose partitions are contiguous ranges in row order.
   *
   * @param rows rows of the table
   * @param partitions number of partitions, at least 1; 0 for the default parallelism of the
   *     session
   * @param labelled whether rows have a label after the features
   * @param reader gives the rows of one range in order; what it cannot read is told as an {@link
   *     UncheckedIOException}, unlike what a task cannot write
   */
  static Dataset<Row> of(
      SparkSession spark,
      long rows,
      int partitions,
      FeatureProvenance provenance,
      boolean labelled,
      RangeReader reader) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    int wanted = partitions == 0 ? context.defaultParallelism() : partitions;
    List<RowRange> ranges = split(rows, (int) Math.max(1, Math.min(wanted, rows)));
    JavaRDD<Row> rdd =
        context.parallelize(ranges, ranges.size()).flatMap(range -> opened(range, reader));
    return spark.createDataFrame(rdd, schema(provenance, labelled));
  }

  /** A table of rows of features and, where {@code labelled}, label. */
  static Dataset<Row> of(
      SparkSession spark, JavaRDD<Row> rows, FeatureProvenance provenance, boolean labelled) {
    return spark.createDataFrame(rows, schema(provenance, labelled));
  }

  /**
   * {@code count} contiguous ranges that cover 0 to {@code rows} - 1, their lengths within one row.
   */
  static List<RowRange> split(long rows, int count) {
    List<RowRange> ranges = new ArrayList<>(count);
    for (long i = 0; i < count; i++) {
      long start = i * (rows / count) + Math.min(i, rows % count);
      long end = start + rows / count + (i < rows % count ? 1 : 0);
      ranges.add(new RowRange(start, end));
    }
    return ranges;
  }

  private static Iterator<Row> opened(RowRange range, RangeReader reader) {
    try {
      return reader.read(range);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** An iterator over {@code range} that makes each row from its index. */
  static Iterator<Row> iterate(RowRange range, RowMaker maker) {
    return new Iterator<>() {
      private long next = range.start();

      @Override
      public boolean hasNext() {
        return next < range.end();
      }

      @Override
      public Row next() {
        try {
          return maker.make(next++);
        } catch (IOException e) {
          throw new UncheckedIOException(e.getMessage(), e);
        }
      }
    };
  }

  /** Gives the rows of a range in order. */
  interface RangeReader extends Serializable {
    Iterator<Row> read(RowRange range) throws IOException;
  }

  /** Makes the row of an index. */
  interface RowMaker {
    Row make(long index) throws IOException;
  }

  private static StructType schema(FeatureProvenance provenance, boolean labelled) {
    StructType schema =
        new StructType()
            .add(
                new StructField(
                    FEATURES,
                    SQLDataTypes.VectorType(),
                    false,
                    provenance.addTo(Metadata.empty())));
    return labelled ? schema.add(LABEL, DataTypes.DoubleType, false) : schema;
  }
}
