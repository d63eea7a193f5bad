/**
 * Optimizers and step-size schedules, which see nothing but flat vectors.
 *
 * @serial exclude
 */
package io.sparkae.core.optimize;
