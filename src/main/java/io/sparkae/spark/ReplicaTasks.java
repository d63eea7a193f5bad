package io.sparkae.spark;

import io.sparkae.core.train.Block;
import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Supplier;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.RDDBlockId;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A task for each partition of the shards, which reads the partition only if it asks for it.
 *
 * @param <T> what a task returns
 */
final class ReplicaTasks<T> extends RDD<T> {
  private static final long serialVersionUID = 1L;

  /**
   * What is done in a task.
   *
   * @param <T> what it returns
   */
  interface Work<T> extends Serializable {
    /**
     * Does it.
     *
     * @param id by which Spark keeps the partition, with its number
     * @param blocks reads it
     */
    Iterator<T> run(RDDBlockId id, Supplier<Iterator<Block>> blocks) throws InterruptedException;
  }

  private final ClassTag<Block> ofBlocks;
  private final Work<T> work;

  private ReplicaTasks(JavaRDD<Block> shards, ClassTag<T> ofResults, Work<T> work) {
    super(shards.rdd(), ofResults);
    this.ofBlocks = shards.classTag();
    this.work = work;
  }

  /** What the tasks return; not yet run. */
  static <T> JavaRDD<T> of(JavaRDD<Block> shards, Work<T> work) {
    ClassTag<T> any = ClassTag$.MODULE$.apply(Object.class);
    return new ReplicaTasks<>(shards, any, work).toJavaRDD();
  }

  @Override
  public scala.collection.Iterator<T> compute(Partition partition, TaskContext context) {
    RDD<Block> shards = firstParent(ofBlocks);
    RDDBlockId id = new RDDBlockId(shards.id(), partition.index());
    try {
      return CollectionConverters.asScala(
          work.run(id, () -> CollectionConverters.asJava(shards.iterator(partition, context))));
    } catch (InterruptedException killed) {
      throw ReplicaTasks.<RuntimeException>undeclared(killed);
    }
  }

  /** Spark takes every exception, but Java sees none declared. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E undeclared(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Override
  public Partition[] getPartitions() {
    return firstParent(ofBlocks).partitions();
  }
}
