/**
 * What a person sees of a training: progress, curves, pictures.
 *
 * @serial exclude
 */
package io.sparkae.report;
