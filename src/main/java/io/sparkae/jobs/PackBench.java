package io.sparkae.jobs;

import io.sparkae.spark.HandleInvalid;
import io.sparkae.spark.TrainingRows;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.storage.RDDInfo;
import org.apache.spark.storage.StorageLevel;

/** A DataFrame of vectors that is in memory, packed as training has it. */
record PackBench() implements BenchWorkload {
  @Override
  public String name() {
    return "pack";
  }

  @Override
  public String description() {
    return "rows of a table in memory packed for training";
  }

  @Override
  public boolean isLocal() {
    return false;
  }

  @Override
  public Map<String, Object> measure(Task task) {
    SparkContext context = task.table().sparkSession().sparkContext();
    var table = task.table().persist(StorageLevel.MEMORY_AND_DISK());
    long rows = table.count();
    try {
      Map<String, Object> result = new LinkedHashMap<>();
      Rates.of(rows, task.seconds(), () -> pack(task).close()).put(result, "rowsPerSecond");
      Set<Integer> before = new HashSet<>();
      cached(context).forEach(rdd -> before.add(rdd.id()));
      try (TrainingRows packed = pack(task)) {
        long bytes =
            cached(context)
                .filter(rdd -> !before.contains(rdd.id())) // those may be on their way out
                .mapToLong(rdd -> rdd.memSize() + rdd.diskSize())
                .sum();
        result.put("bytesPerRow", Math.rint((double) bytes / rows));
      }
      result.put("floatBytesPerRow", task.features() * Float.BYTES);
      return result;
    } finally {
      table.unpersist();
    }
  }

  private static TrainingRows pack(Task task) {
    return TrainingRows.pack(
        task.table(), List.of(EncodeBench.column(task)), HandleInvalid.ERROR, 0);
  }

  /** What is cached, in memory or on disk. */
  private static Stream<RDDInfo> cached(SparkContext context) {
    return Arrays.stream(context.getRDDStorageInfo());
  }
}
