/**
 * Readers and generators of data; the parsers themselves are free of Spark.
 *
 * @serial exclude
 */
package io.sparkae.data;
