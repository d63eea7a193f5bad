/**
 * Training on Spark: rows are packed, sent to replicas, and what these bring back is combined on
 * the driver.
 *
 * @serial exclude
 */
package io.sparkae.spark;
