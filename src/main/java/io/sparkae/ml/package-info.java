/**
 * Autoencoders as Spark ML stages: estimators, models, evaluators and their Params.
 *
 * @serial exclude
 */
package io.sparkae.ml;
