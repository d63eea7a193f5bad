package io.sparkae.spark;

import io.sparkae.core.train.Block;
import java.io.Serializable;

/**
 * A block as it comes from its source partition.
 *
 * @param partition source partition
 * @param block rows, numbered within the partition
 * @param skipped invalid rows that were dropped while it was packed
 */
record PackedBlock(int partition, Block block, long skipped) implements Serializable {}
