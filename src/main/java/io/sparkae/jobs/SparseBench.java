package io.sparkae.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.ml.DenseClassifier;
import io.sparkae.ml.EncoderClassifierModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * How training and prediction slow down with the non-zero elements of sparse rows, and how little
 * with their width: the rows of a table as they are, the same elements spread over wider rows, and
 * some of the elements alone.
 */
record SparseBench() implements BenchWorkload {
  private static final int[] WIDTHS = {2_000, 20_000, 200_000, 1_000_000};
  private static final int[] PARTS = {2, 4};
  private static final double ROWS_PER_SECOND = 5_000;
  private static final int EPOCHS = 3;
  private static final String LABEL = "label";
  private static final int CLASSES = 2;

  @Override
  public String name() {
    return "sparse";
  }

  @Override
  public String description() {
    return "a classifier of 50 ReLU units trained on sparse rows of growing width";
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public Map<String, Object> measure(Task task) {
    int widest = WIDTHS[WIDTHS.length - 1];
    List<Map<String, Object>> growth = new ArrayList<>();
    for (int width : WIDTHS) {
      if (width >= task.features()) {
        growth.add(measure(task, width, 1));
      }
    }
    if (widest >= task.features()) {
      for (int part : PARTS) {
        growth.add(measure(task, widest, part));
      }
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("growth", growth);
    return result;
  }

  /** With one of {@code part} elements of each row, and the rows as wide as that. */
  private static Map<String, Object> measure(Task task, int width, int part) {
    String elements = part == 1 ? "all elements" : "one of " + part + " elements";
    task.console().progress("%,d features, %s of each row", width, elements);
    Dataset<Row> rows = rows(task, width, part).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long nonZeros =
          rows.select(ColumnSpec.FEATURES)
              .toJavaRDD()
              .map(row -> (long) row.<Vector>getAs(0).numActives())
              .fold(0L, Long::sum);
      long count = rows.count();
      TrainingBench.Stopwatch watch = new TrainingBench.Stopwatch();
      EncoderClassifierModel model = classifier().setTrainingListener(watch).fit(rows);
      Rates predicted =
          Rates.of(
              count,
              task.seconds() / 10,
              () -> model.transform(rows).agg(functions.sum("prediction")).first());
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("features", width);
      result.put("nonZerosPerRow", TrainingBench.rounded((double) nonZeros / count, 1));
      watch.rowsPerSecond().put(result, "rowsPerSecond");
      predicted.put(result, "predictedRowsPerSecond");
      return result;
    } finally {
      rows.unpersist();
    }
  }

  private static DenseClassifier classifier() {
    return new DenseClassifier()
        .setHiddenLayers(new int[] {50})
        .setActivation("relu")
        .setOptimizer("lazyAdam")
        .setStepSize(0.001)
        .setBatchSize(256)
        .setEpochs(EPOCHS)
        .setSeed(1);
  }

  /** As often as gives enough rows, with a class of some kind. */
  private static Dataset<Row> rows(Task task, int width, int part) {
    UDF1<Vector, Vector> spread = vector -> spread(vector.toSparse(), width, part);
    long wanted = Math.round(ROWS_PER_SECOND * task.seconds());
    long repeats = Math.max(1, wanted / task.table().count());
    UserDefinedFunction spreading = functions.udf(spread, SQLDataTypes.VectorType());
    return task.table()
        .select(spreading.apply(col(ColumnSpec.FEATURES)).as(ColumnSpec.FEATURES))
        .withColumn(LABEL, functions.monotonically_increasing_id().mod(lit(CLASSES)).cast("double"))
        .crossJoin(task.table().sparkSession().range(repeats).toDF("sparkae_repeat"))
        .drop("sparkae_repeat");
  }

  /** Some elements of a row, over features as far apart as the width allows. */
  static SparseVector spread(SparseVector vector, int width, int part) {
    int[] places = IntStream.range(0, vector.indices().length).filter(i -> i % part == 0).toArray();
    int stride = width / vector.size();
    int[] indices = Arrays.stream(places).map(i -> vector.indices()[i] * stride).toArray();
    double[] values = Arrays.stream(places).mapToDouble(i -> vector.values()[i]).toArray();
    return (SparseVector) Vectors.sparse(width, indices, values);
  }
}
