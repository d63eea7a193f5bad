package io.sparkae.spark;

import io.sparkae.core.train.Block;
import io.sparkae.core.train.Shard;
import io.sparkae.core.train.Worker;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockStatus;
import org.apache.spark.storage.RDDBlockId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * What a replica keeps in its executor between two rounds: the buffers of its worker, and rows that
 * do not fit into the memory in which Spark keeps them.
 *
 * <p>Such rows are read from a file of their own on Spark's scratch disk. Spark would bring all of
 * them into the heap again for every round. Where Spark encrypts what it has on disk they are
 * brought there nevertheless: that file would not be encrypted.
 */
final class Replica implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Replica.class);

  private final Worker worker;
  private final boolean encrypts;
  private final Map<Integer, Shard> stored = new HashMap<>();

  /**
   * A replica that keeps no rows yet.
   *
   * @param encrypts whether what lies on disk must be encrypted
   */
  Replica(Worker worker, boolean encrypts) {
    this.worker = worker;
    this.encrypts = encrypts;
  }

  /** The buffers. */
  Worker worker() {
    return worker;
  }

  /**
   * The rows of a round.
   *
   * @param id of the rows' blocks, as Spark keeps them
   * @param blocks reads them, by way of Spark
   */
  Shard shard(RDDBlockId id, Supplier<Iterator<Block>> blocks) {
    Shard kept = stored.get(id.rddId());
    if (kept != null) {
      return kept;
    }
    Iterator<Block> all = blocks.get();
    if (encrypts || !isOnDisk(id)) {
      List<Block> list = new ArrayList<>();
      all.forEachRemaining(list::add);
      return new Shard(list);
    }
    File file = SparkEnv.get().blockManager().diskBlockManager().createTempLocalBlock()._2();
    try {
      Shard shard = Shard.stored(all, file.toPath());
      LOG.info("{} rows are read from disk: Spark has no memory for {}", shard.rows(), id.name());
      stored.put(id.rddId(), shard);
      return shard;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether this executor has them on disk alone; what it has from others is in its memory. */
  private static boolean isOnDisk(RDDBlockId id) {
    Option<BlockStatus> status = SparkEnv.get().blockManager().getStatus(id);
    return status.isDefined() && status.get().memSize() == 0;
  }

  /** Frees the disk. */
  @Override
  public void close() {
    for (Shard shard : stored.values()) {
      try {
        shard.close();
      } catch (IOException e) {
        LOG.warn("a file of rows could not be closed", e);
      }
    }
    stored.clear();
  }
}
