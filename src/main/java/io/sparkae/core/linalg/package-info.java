/**
 * Float arrays, row-major matrices and the only caller of BLAS.
 *
 * @serial exclude
 */
package io.sparkae.core.linalg;
