package io.sparkae.jobs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A fixed task whose speed can be compared over time and with other systems. */
interface BenchWorkload {
  /** All of them, the one that is the default first. */
  List<BenchWorkload> ALL =
      List.of(
          TrainingBench.DEEP,
          TrainingBench.SHALLOW,
          TrainingBench.VARIATIONAL,
          new QualityBench(),
          new EncodeBench(),
          new EncodeFileBench(),
          new PackBench(),
          new RoundBench(),
          new SparseBench(),
          new ConstantsBench());

  /**
   * What a workload is measured on.
   *
   * @param table rows in the column {@code features}
   * @param features numbers of a row
   * @param test rows to tell the quality by; empty if none were named
   * @param seconds how long to measure, about
   * @param epochs how many to train for, empty for as many as the seconds allow
   * @param target squared error to reach; empty if none was named
   */
  record Task(
      Dataset<Row> table,
      int features,
      Optional<Dataset<Row>> test,
      double seconds,
      Optional<Integer> epochs,
      Optional<Double> target,
      Console console) {}

  /** Word on the command line. */
  String name();

  /** What it is, for a person. */
  String description();

  /** Names of those options beside input and seconds that it heeds. */
  default List<String> heeded() {
    return needed();
  }

  /** Names of those that it cannot do without. */
  default List<String> needed() {
    return List.of();
  }

  /** Whether it is measured on the driver's own cores and disks alone. */
  boolean isLocal();

  /**
   * Measures.
   *
   * @return figures by their names, in order
   */
  Map<String, Object> measure(Task task);

  /** The workload of a name. */
  static BenchWorkload of(String name) {
    return ALL.stream().filter(w -> w.name().equals(name)).findFirst().orElseThrow();
  }
}
