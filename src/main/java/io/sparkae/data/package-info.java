/** Readers and generators of data; the parsers themselves are free of Spark. */
package io.sparkae.data;
