package io.sparkae.spark;

import io.sparkae.core.linalg.Blas;
import io.sparkae.core.train.Block;
import io.sparkae.core.train.TrainingException;
import io.sparkae.core.train.TrainingPlan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import scala.Option;

/** Packs a DataFrame's columns once, and deals the rows out evenly and in order to the replicas. */
final class ShardPacker implements AutoCloseable {
  private static final StorageLevel LEVEL = StorageLevel.MEMORY_AND_DISK();

  /** What the driver needs to know of a packed block. */
  private record BlockInfo(int partition, int rows, long skipped) implements Serializable {}

  private final JavaRDD<PackedBlock> packed;
  private final long[] partitionStarts;
  private final long skipped;

  /**
   * Packs the rows.
   *
   * @throws InvalidRowException by way of Spark, if a row is invalid and that is an error
   */
  ShardPacker(Dataset<?> data, List<InputColumn> columns, HandleInvalid handleInvalid) {
    Column[] selected = columns.stream().map(c -> c.sqlColumn()).toArray(Column[]::new);
    List<RowReader> readers = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      readers.add(new RowReader(columns.get(i), i));
    }
    Dataset<Row> rows = data.select(selected);
    packed =
        rows.toJavaRDD()
            .mapPartitionsWithIndex(
                (partition, iterator) ->
                    (Iterator<PackedBlock>)
                        new PackIterator(iterator, readers, handleInvalid, partition),
                true)
            .persist(LEVEL);
    List<BlockInfo> infos =
        collect(
            packed.map(b -> new BlockInfo(b.partition(), b.block().rows(), b.skipped())), packed);
    partitionStarts = starts(infos, packed.getNumPartitions());
    skipped = infos.stream().mapToLong(BlockInfo::skipped).sum();
  }

  /** What {@code described} holds; if it cannot be computed, {@code persisted} is let go. */
  private static <T> List<T> collect(JavaRDD<T> described, JavaRDD<?> persisted) {
    try {
      return described.collect();
    } catch (Throwable failure) { // Spark throws checked exceptions that it does not declare
      persisted.unpersist(false);
      throw failure;
    }
  }

  private static long[] starts(List<BlockInfo> infos, int partitions) {
    long[] starts = new long[partitions + 1];
    for (BlockInfo info : infos) {
      starts[info.partition() + 1] += info.rows();
    }
    for (int p = 0; p < partitions; p++) {
      starts[p + 1] += starts[p];
    }
    return starts;
  }

  /** Rows that were packed. */
  long rows() {
    return partitionStarts[partitionStarts.length - 1];
  }

  /** Invalid rows that were dropped. */
  long skipped() {
    return skipped;
  }

  /**
   * Deals the rows out to the plan's replicas; the shards live on when this packer is closed.
   *
   * @param profile what a task of a round asks for, null for nothing special: under it no two
   *     shards are built, and so kept, on an executor that has room for one replica
   * @throws TrainingException if packed rows were lost and other ones came back
   */
  Shards deal(TrainingPlan plan, ResourceProfile profile) {
    long[] replicaStarts = new long[plan.replicas() + 1];
    for (int r = 0; r <= plan.replicas(); r++) {
      replicaStarts[r] = plan.firstRow(r);
    }
    long[] starts = partitionStarts;
    JavaRDD<Block> shards =
        JavaRDD.fromRDD(
                packed
                    .rdd()
                    .coalesce(
                        plan.replicas(),
                        false,
                        Option.apply(new RowRangeCoalescer(starts, replicaStarts)),
                        null),
                packed.classTag())
            .mapPartitionsWithIndex(
                (replica, blocks) ->
                    cut(blocks, starts, replicaStarts[replica], replicaStarts[replica + 1]),
                true)
            .persist(LEVEL);
    JavaRDD<Shards.ReplicaInfo> described = shards.mapPartitions(ShardPacker::describe);
    if (profile != null) {
      described = described.withResources(profile);
    }
    List<Shards.ReplicaInfo> infos = collect(described, shards);
    for (int r = 0; r < infos.size(); r++) {
      if (infos.get(r).rows() != replicaStarts[r + 1] - replicaStarts[r]) {
        shards.unpersist(false);
        throw Shards.changed(r);
      }
    }
    return new Shards(shards, rows(), skipped, infos);
  }

  /** The rows [from, to) of the data set out of the blocks that hold them. */
  private static Iterator<Block> cut(
      Iterator<PackedBlock> blocks, long[] partitionStarts, long from, long to) {
    List<Block> mine = new ArrayList<>();
    while (blocks.hasNext()) {
      PackedBlock source = blocks.next();
      long first = partitionStarts[source.partition()] + source.block().firstRow();
      long start = Math.max(from, first);
      long end = Math.min(to, first + source.block().rows());
      if (start < end) {
        Block part = source.block().slice((int) (start - first), (int) (end - first));
        mine.add(part.at(start));
      }
    }
    return mine.iterator();
  }

  private static Iterator<Shards.ReplicaInfo> describe(Iterator<Block> blocks) {
    List<Long> checksums = new ArrayList<>();
    long rows = 0;
    while (blocks.hasNext()) {
      Block block = blocks.next();
      rows += block.rows();
      checksums.add(block.checksum());
    }
    long[] sums = checksums.stream().mapToLong(Long::longValue).toArray();
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    return List.of(new Shards.ReplicaInfo(rows, sums, host, Blas.description())).iterator();
  }

  @Override
  public void close() {
    packed.unpersist(false);
  }
}
