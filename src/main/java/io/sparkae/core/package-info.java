/**
 * Checks of values, for every other package.
 *
 * @serial exclude
 */
package io.sparkae.core;
