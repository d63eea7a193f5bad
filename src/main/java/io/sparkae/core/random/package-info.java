/**
 * Random numbers keyed by what they are for: never by thread, task or partition.
 *
 * @serial exclude
 */
package io.sparkae.core.random;
