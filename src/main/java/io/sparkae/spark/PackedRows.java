package io.sparkae.spark;

import io.sparkae.core.linalg.Blas;
import io.sparkae.core.train.Block;
import io.sparkae.core.train.BlockEncoder;
import io.sparkae.core.train.RowProgram;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.storage.StorageLevel;
import scala.Option;
import scala.reflect.ClassTag$;

/** Packed rows in the order of their partitions, counted, not yet dealt out to replicas. */
final class PackedRows {
  static final StorageLevel LEVEL = StorageLevel.MEMORY_AND_DISK();

  /** What the driver needs to know of a packed block. */
  private record BlockInfo(int partition, int rows, long checksum, long skipped, boolean marked)
      implements Serializable {
    static BlockInfo of(PackedBlock packed) {
      return new BlockInfo(
          packed.partition(),
          packed.block().rows(),
          packed.checksum(),
          packed.skipped(),
          packed.marked());
    }
  }

  /**
   * Rows of one computation.
   *
   * @param unmarked those that are not marked
   * @param marked those that are
   */
  record Parts(PackedRows unmarked, PackedRows marked) {}

  private final JavaRDD<PackedBlock> packed;
  private final boolean marked;
  private final long[] partitionStarts;
  private final long[][] checksums;
  private final long skipped;

  /**
   * Counts the rows.
   *
   * @param packed blocks of each partition in order, numbered within it, none of them marked
   */
  PackedRows(JavaRDD<PackedBlock> packed) {
    this(packed, packed.map(BlockInfo::of).collect(), false);
  }

  private PackedRows(JavaRDD<PackedBlock> packed, List<BlockInfo> infos, boolean marked) {
    this.packed = packed;
    this.marked = marked;
    Map<Integer, List<Long>> sums = new HashMap<>();
    partitionStarts = new long[packed.getNumPartitions() + 1];
    for (BlockInfo info : infos) {
      partitionStarts[info.partition() + 1] += info.marked() == marked ? info.rows() : 0;
      sums.computeIfAbsent(info.partition(), partition -> new ArrayList<>()).add(info.checksum());
    }
    checksums = new long[packed.getNumPartitions()][];
    for (int p = 0; p < checksums.length; p++) {
      checksums[p] = sums.getOrDefault(p, List.of()).stream().mapToLong(Long::longValue).toArray();
    }
    for (int p = 0; p < packed.getNumPartitions(); p++) {
      partitionStarts[p + 1] += partitionStarts[p];
    }
    skipped =
        infos.stream().filter(info -> info.marked() == marked).mapToLong(BlockInfo::skipped).sum();
  }

  /**
   * Counts the rows of both parts.
   *
   * @param packed blocks of each partition, those of each part in order and numbered within both
   */
  static Parts parts(JavaRDD<PackedBlock> packed) {
    List<BlockInfo> infos = packed.map(BlockInfo::of).collect();
    return new Parts(new PackedRows(packed, infos, false), new PackedRows(packed, infos, true));
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
   * The rows that are held back (or those that are not), in their order; a row's fate depends on
   * the seed, its index and the number of rows, however they are partitioned.
   *
   * @param held how many of the rows are held back
   */
  PackedRows select(long seed, long held, boolean heldBack) {
    HeldBackRows.Rule rule = new HeldBackRows.Rule(seed, rows(), held);
    long[] starts = partitionStarts;
    JavaRDD<PackedBlock> selected =
        unchanged().mapPartitions(blocks -> new HeldBackRows(blocks, starts, rule, heldBack), true);
    String purpose = heldBack ? "validate" : "train";
    return JobDescription.during(
        packed.context(),
        "sparkae: choosing rows to " + purpose + " on",
        () -> new PackedRows(selected));
  }

  /** The blocks, each partition's as long as those of both parts are those that were counted. */
  private JavaRDD<PackedBlock> unchanged() {
    long[][] sums = checksums;
    boolean part = marked;
    return packed
        .mapPartitionsWithIndex(
            (partition, blocks) ->
                (Iterator<PackedBlock>)
                    new Unchanged<>(
                        blocks, PackedBlock::checksum, sums[partition], "partition " + partition),
            true)
        .filter(block -> block.marked() == part);
  }

  /**
   * The rows with their first column replaced; computed when they are used, and each time unless
   * they are kept.
   *
   * @param program what is computed of the first column
   */
  JavaRDD<PackedBlock> encoded(RowProgram program) {
    Broadcast<RowProgram> shared = // a task's own copy of the weights would be read by each
        packed.context().broadcast(program, ClassTag$.MODULE$.apply(RowProgram.class));
    long[] starts = partitionStarts;
    return unchanged()
        .mapPartitions(blocks -> flat(blocks, starts, new BlockEncoder(shared.value())), true);
  }

  private static Iterator<PackedBlock> flat(
      Iterator<PackedBlock> blocks, long[] partitionStarts, BlockEncoder encoder) {
    Stream<PackedBlock> sources =
        StreamSupport.stream(Spliterators.spliteratorUnknownSize(blocks, 0), false);
    return sources
        .flatMap(
            source -> {
              long start = partitionStarts[source.partition()];
              return encoder.encode(source.numbered(partitionStarts)).stream()
                  .map(part -> part.at(part.firstRow() - start))
                  .map(part -> new PackedBlock(source.partition(), part));
            })
        .iterator();
  }

  /**
   * Deals the rows out to replicas; the shards outlive these rows.
   *
   * @param what the rows, in the words of the Spark UI
   * @param replicaStarts index of each replica's first row, and the number of rows at the end
   * @param profile what a task of a round asks for, null for nothing special: under it no two
   *     shards are built, and so kept, on an executor that has room for one replica
   * @throws io.sparkae.core.train.TrainingException if packed rows were lost and other ones came
   *     back
   */
  Shards deal(String what, long[] replicaStarts, ResourceProfile profile) {
    int replicas = replicaStarts.length - 1;
    long[] starts = partitionStarts;
    JavaRDD<Block> shards =
        JavaRDD.fromRDD(
                unchanged()
                    .rdd()
                    .coalesce(
                        replicas,
                        false,
                        Option.apply(new RowRangeCoalescer(starts, replicaStarts)),
                        null),
                packed.classTag())
            .mapPartitionsWithIndex(
                (replica, blocks) ->
                    new RowRange(
                        blocks, starts, replicaStarts[replica], replicaStarts[replica + 1]),
                true)
            .persist(LEVEL);
    try {
      JavaRDD<Shards.ReplicaInfo> described = shards.mapPartitions(PackedRows::describe);
      List<Shards.ReplicaInfo> infos =
          JobDescription.during(
              packed.context(),
              "sparkae: dealing out " + what,
              (profile == null ? described : described.withResources(profile))::collect);
      for (int r = 0; r < infos.size(); r++) {
        if (infos.get(r).rows() != replicaStarts[r + 1] - replicaStarts[r]) {
          throw Shards.changed("replica " + r);
        }
      }
      return new Shards(shards, rows(), infos);
    } catch (Throwable failure) { // Spark throws checked exceptions that it does not declare
      shards.unpersist(false);
      throw failure;
    }
  }

  private static Iterator<Shards.ReplicaInfo> describe(Iterator<Block> blocks) {
    List<Long> checksums = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    long rows = 0;
    while (blocks.hasNext()) {
      Block block = blocks.next();
      rows += block.rows();
      counts.add((long) block.rows());
      checksums.add(block.checksum());
    }
    long[] sums = checksums.stream().mapToLong(Long::longValue).toArray();
    long[] blockRows = counts.stream().mapToLong(Long::longValue).toArray();
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    return List.of(new Shards.ReplicaInfo(rows, blockRows, sums, host, Blas.description()))
        .iterator();
  }
}
