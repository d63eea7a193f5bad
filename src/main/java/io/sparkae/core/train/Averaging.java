package io.sparkae.core.train;

/** How replicas work together. */
public enum Averaging {
  /** Each replica walks several steps by itself; the driver averages where they got to. */
  LOCAL,
  /** Each step sums the replicas' directions over one global minibatch on the driver. */
  SYNCHRONOUS
}
