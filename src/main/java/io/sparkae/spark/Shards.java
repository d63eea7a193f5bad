package io.sparkae.spark;

import io.sparkae.core.linalg.Blas;
import io.sparkae.core.train.Block;
import io.sparkae.core.train.TrainingException;
import java.io.Serializable;
import java.util.List;
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
   * @param checksums of its blocks, in order
   * @param host where it was built
   * @param blas what that executor multiplies with
   */
  record ReplicaInfo(long rows, long[] checksums, String host, Blas.Description blas)
      implements Serializable {}

  /** The checksums of each replica's blocks. */
  List<long[]> checksums() {
    return infos.stream().map(ReplicaInfo::checksums).toList();
  }

  /** The failure of a run whose source gives other rows each time. */
  static TrainingException changed(int replica) {
    return new TrainingException(
        "the rows of replica "
            + replica
            + " came back different when Spark computed them again:"
            + " write the input to a file, or sort it, before training on it");
  }
}
