package io.sparkae.core.train;

import java.io.Serializable;

/**
 * What a replica does in a round.
 *
 * @param kind walk steps, sum one step's direction, or go through all rows
 * @param epoch epoch, from 0
 * @param firstStep first step within the epoch
 * @param steps steps
 */
public record RoundTask(Kind kind, int epoch, int firstStep, int steps) implements Serializable {
  /** Whether it is the first look of a training on all rows, which ends if that fails. */
  boolean isFirstLook() {
    return kind == Kind.GRADIENT && epoch == 0 && firstStep == 0;
  }

  /** The kinds of round. */
  public enum Kind {
    /** Walk {@code steps} optimizer steps; return where that led. */
    WALK,
    /** Sum the direction over the replica's part of one minibatch. */
    SUM,
    /** Sum the direction over all rows, in double. */
    GRADIENT,
    /** Sum the prepared statistics over all rows. */
    PREPARE,
    /** Sum the renewed statistics over all rows. */
    RENEW,
    /** Sum the losses over all validation rows. */
    EVALUATE
  }
}
