/**
 * What is trained: one objective for each system, reading like its formula.
 *
 * @serial exclude
 */
package io.sparkae.core.objective;
