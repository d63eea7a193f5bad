package io.sparkae.spark;

import java.io.Serializable;
import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import scala.Option;

/**
 * Gives each replica the source partitions that hold its range of rows; a partition on the border
 * of two ranges goes to both, each of which takes its own rows of it.
 */
final class RowRangeCoalescer implements PartitionCoalescer, Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] partitionStarts;
  private final long[] replicaStarts;

  /** Both arrays end with the number of all rows. */
  RowRangeCoalescer(long[] partitionStarts, long[] replicaStarts) {
    this.partitionStarts = partitionStarts;
    this.replicaStarts = replicaStarts;
  }

  @Override
  public PartitionGroup[] coalesce(int maxPartitions, RDD<?> parent) {
    Partition[] partitions = parent.partitions();
    PartitionGroup[] groups = new PartitionGroup[replicaStarts.length - 1];
    for (int r = 0; r < groups.length; r++) {
      groups[r] = new PartitionGroup(Option.empty());
      for (int p = 0; p < partitions.length; p++) {
        boolean overlaps =
            partitionStarts[p] < replicaStarts[r + 1] && partitionStarts[p + 1] > replicaStarts[r];
        if (overlaps) {
          groups[r].partitions().addOne(partitions[p]);
        }
      }
    }
    return groups;
  }
}
