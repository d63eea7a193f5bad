package io.sparkae.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sparkae.core.graph.Activation;
import io.sparkae.core.graph.LossKind;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderObjective;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.core.train.Block;
import io.sparkae.core.train.Shard;
import io.sparkae.core.train.TrainingPlan;
import io.sparkae.core.train.TrainingSettings;
import io.sparkae.core.train.Worker;
import io.sparkae.data.LocalSpark;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.DiskBlockManager;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** Where a replica has its rows from. */
class ReplicaTest {
  private static final int ROWS = 30;
  private static final RDDBlockId ID = new RDDBlockId(1_000_000, 0);

  private final AtomicInteger read = new AtomicInteger();
  private final Block block = Tables.block(Tables.lowRank(3, ROWS, 5), false);

  private static Replica replica(boolean encrypts) {
    AutoencoderObjective objective =
        new AutoencoderObjective(
            new AutoencoderNetwork(
                5,
                new AutoencoderSettings(
                    List.of(),
                    2,
                    Activation.TANH,
                    Activation.TANH,
                    Activation.LINEAR,
                    LossKind.SQUARED_ERROR,
                    false,
                    0)),
            false);
    TrainingPlan plan = TrainingPlan.of(TrainingSettings.DEFAULT, ROWS, 1, 1, false);
    return new Replica(new Worker(objective, plan, ROWS), encrypts);
  }

  private void keep(StorageLevel level) {
    SparkEnv.get()
        .blockManager()
        .putIterator(
            ID,
            CollectionConverters.asScala(List.of(block).iterator()),
            level,
            true,
            ClassTag$.MODULE$.apply(Block.class));
  }

  private Iterator<Block> read() {
    read.incrementAndGet();
    return List.of(block.slice(0, 7), block.slice(7, ROWS)).iterator();
  }

  private static long temporaryFiles() {
    DiskBlockManager disk = SparkEnv.get().blockManager().diskBlockManager();
    return CollectionConverters.asJava(disk.getAllFiles()).stream()
        .filter(file -> file.getName().startsWith("temp_local"))
        .count();
  }

  @AfterEach
  void forget() {
    SparkEnv.get().blockManager().removeBlock(ID, false);
  }

  @Test
  void rowsThatSparkHasInMemoryAreReadThereInEveryRound() {
    LocalSpark.session();
    keep(StorageLevel.MEMORY_AND_DISK());
    Replica replica = replica(false);
    for (int round = 1; round <= 3; round++) {
      Shard shard = replica.shard(ID, this::read);
      assertThat(shard.rows()).isEqualTo(ROWS);
      assertThat(read).hasValue(round);
    }
  }

  /** A file of ours would have them there as they are. */
  @Test
  void rowsThatSparkEncryptsOnDiskAreReadIntoTheHeap() {
    LocalSpark.session();
    keep(StorageLevel.DISK_ONLY());
    Replica replica = replica(true);
    for (int round = 1; round <= 3; round++) {
      assertThat(replica.shard(ID, this::read).rows()).isEqualTo(ROWS);
      assertThat(read).hasValue(round);
    }
  }

  /** As those are that come from another executor: they are in memory already. */
  @Test
  void rowsThatSparkDoesNotKeepHereAreReadIntoTheHeap() {
    LocalSpark.session();
    Replica replica = replica(false);
    for (int round = 1; round <= 2; round++) {
      assertThat(replica.shard(ID, this::read).rows()).isEqualTo(ROWS);
      assertThat(read).hasValue(round);
    }
  }

  @Test
  void replicasThatAreForgottenGiveTheDiskBack() {
    LocalSpark.session();
    keep(StorageLevel.DISK_ONLY());
    int before = openRowFiles();
    for (String end : List.of("forgotten", "replaced", "of another time", "late")) {
      Replica replica = replica(false);
      replica.shard(ID, this::read);
      if (end.equals("late")) {
        ReplicaPool.forget(end);
      }
      ReplicaPool.giveBack(end, 0, replica);
      assertThat(openRowFiles()).isEqualTo(before + (end.equals("late") ? 0 : 1));
      switch (end) {
        case "forgotten" -> ReplicaPool.forget(end);
        case "replaced" -> ReplicaPool.giveBack(end, 0, replica(false));
        default -> ReplicaPool.keepOnly(List.of());
      }
      assertThat(openRowFiles()).as(end).isEqualTo(before);
    }
  }

  /** Files that are deleted and still open, on Linux. */
  private static int openRowFiles() {
    File[] descriptors = new File("/proc/self/fd").listFiles();
    assumeThat(descriptors).isNotNull();
    return (int)
        Arrays.stream(descriptors)
            .map(
                descriptor -> {
                  try {
                    return Files.readSymbolicLink(descriptor.toPath()).toString();
                  } catch (IOException closed) {
                    return "";
                  }
                })
            .filter(target -> target.contains("temp_local"))
            .count();
  }

  @Test
  void rowsThatSparkHasOnDiskAreReadOnce() {
    LocalSpark.session();
    keep(StorageLevel.DISK_ONLY());
    long before = temporaryFiles();
    Replica replica = replica(false);
    Shard shard = replica.shard(ID, this::read);
    assertThat(shard.rows()).isEqualTo(ROWS);
    assertThat(replica.shard(ID, this::read)).isSameAs(shard);
    assertThat(read).hasValue(1);
    assertThat(temporaryFiles()).isEqualTo(before);
    RDDBlockId validation = new RDDBlockId(ID.rddId() + 1, 0);
    assertThat(replica.shard(validation, this::read)).as("other rows").isNotSameAs(shard);
    assertThat(read).hasValue(2);
    replica.close();
  }
}
