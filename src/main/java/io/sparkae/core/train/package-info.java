/**
 * Training without Spark: packed rows, rounds, and all that one task does in a round.
 *
 * @serial exclude
 */
package io.sparkae.core.train;
