package io.sparkae.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How many values each feature of a table has, their means and variances; NaN is none. */
public final class FeatureMoments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] counts;
  private final double[] means;
  private final double[] squares; // Σ(x − mean)²
  private long rows;

  private FeatureMoments(int width) {
    counts = new double[width];
    means = new double[width];
    squares = new double[width];
  }

  /**
   * Looks at a whole table, in one job; partitions are added in their order.
   *
   * @param data the table
   * @param input what to read
   * @param handleInvalid what becomes of rows with a value that is not allowed
   * @return the moments
   * @throws InvalidRowException wrapped in Spark's exception, if there is such a row and it stops
   *     the run
   */
  public static FeatureMoments of(Dataset<?> data, InputColumn input, HandleInvalid handleInvalid) {
    FeatureMoments all = new FeatureMoments(input.spec().width());
    FlatMapFunction<Iterator<Row>, FeatureMoments> part =
        DenseRows.mapping(
            input,
            handleInvalid,
            rows -> {
              FeatureMoments moments = new FeatureMoments(input.spec().width());
              rows.forEachRemaining(moments::add);
              return List.of(moments).iterator();
            });
    DenseRows.selected(data, input).toJavaRDD().mapPartitions(part).collect().forEach(all::add);
    return all;
  }

  private void add(float[] row) {
    rows++;
    for (int i = 0; i < row.length; i++) {
      if (!Float.isNaN(row[i])) {
        counts[i]++;
        double difference = row[i] - means[i];
        means[i] += difference / counts[i];
        squares[i] += difference * (row[i] - means[i]);
      }
    }
  }

  /** Source: Chan, Golub, LeVeque 1979. */
  private void add(FeatureMoments other) {
    rows += other.rows;
    for (int i = 0; i < means.length; i++) {
      double count = counts[i] + other.counts[i];
      if (count > 0) {
        double difference = other.means[i] - means[i];
        means[i] += difference * other.counts[i] / count;
        squares[i] +=
            other.squares[i] + difference * difference * counts[i] * other.counts[i] / count;
        counts[i] = count;
      }
    }
  }

  /** {@return rows of the table that were read} */
  public long rows() {
    return rows;
  }

  /** {@return mean of each feature; 0 where it has no value} */
  public double[] means() {
    return means.clone();
  }

  /** {@return mean squared difference of each feature from its mean; 0 where it has no value} */
  public double[] variances() {
    double[] variances = new double[squares.length];
    Arrays.setAll(variances, i -> counts[i] == 0 ? 0 : squares[i] / counts[i]);
    return variances;
  }

  /** {@return the first feature that has no value in any row, or −1 if all have some} */
  public int firstWithoutValue() {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        return i;
      }
    }
    return -1;
  }
}
