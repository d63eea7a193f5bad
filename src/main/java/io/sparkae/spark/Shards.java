package io.sparkae.spark;

import io.sparkae.core.linalg.Blas;
import io.sparkae.core.train.Block;
import io.sparkae.core.train.TrainingException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.apache.spark.api.java.JavaRDD;

/**
 * The packed rows of a training, one partition for each replica, persisted.
 *
 * @param rdd blocks in the order of their rows, numbered within the data set
 * @param rows rows of the data set
 * @param infos what each replica reported when its partition was built
 */
record Shards(JavaRDD<Block> rdd, long rows, List<ReplicaInfo> infos) {
  /**
   * A replica's partition.
   *
   * @param rows rows
   * @param blockRows rows of each of its blocks, in order
   * @param checksums of its blocks, in order
   * @param host where it was built
   * @param blas what that executor multiplies with
   */
  record ReplicaInfo(
      long rows, long[] blockRows, long[] checksums, String host, Blas.Description blas)
      implements Serializable {}

  /** The checksums of each replica's blocks. */
  List<long[]> checksums() {
    return infos.stream().map(ReplicaInfo::checksums).toList();
  }

  /** What the replicas multiply with, each once. */
  static SortedSet<String> machines(List<ReplicaInfo> infos) {
    SortedSet<String> machines = new TreeSet<>();
    for (ReplicaInfo info : infos) {
      machines.add(info.blas().implementation() + " " + info.blas().coreType());
    }
    return machines;
  }

  /**
   * Adds a checksum of all rows, under a name that says how they are cut into blocks: it tells
   * nothing of the same rows in other blocks.
   */
  void addChecksum(String what, Map<String, String> entries) {
    CRC32C cuts = new CRC32C();
    CRC32C sums = new CRC32C();
    for (ReplicaInfo info : infos) {
      update(cuts, info.blockRows());
      update(sums, info.checksums());
    }
    entries.put(
        "checksum of the " + what + " (blocks " + Long.toHexString(cuts.getValue()) + ")",
        Long.toHexString(sums.getValue()));
  }

  private static void update(CRC32C checksum, long[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    checksum.update(bytes);
  }

  /**
   * The failure of a run whose source gives other rows each time.
   *
   * @param whose a replica, or a partition of the source
   */
  static TrainingException changed(String whose) {
    return new TrainingException(
        "the rows of "
            + whose
            + " came back different when Spark computed them again:"
            + " write the input to a file, or sort it, before training on it");
  }
}
