package io.sparkae.jobs;

import io.sparkae.spark.HandleInvalid;
import io.sparkae.spark.TrainingRows;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      long before = stored(context);
      try (TrainingRows packed = pack(task)) {
        result.put("bytesPerRow", Math.rint((double) (stored(context) - before) / rows));
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

  /** Bytes of all cached blocks, in memory and on disk. */
  private static long stored(SparkContext context) {
    return Arrays.stream(context.getRDDStorageInfo()).mapToLong(PackBench::bytes).sum();
  }

  private static long bytes(RDDInfo info) {
    return info.memSize() + info.diskSize();
  }
}
