/**
 * Define-once computation graphs over minibatches: each operation holds its forward beside its
 * backward, and nothing is allocated in a step.
 *
 * @serial exclude
 */
package io.sparkae.core.graph;
