/**
 * Files that a training can go on from: numbers behind a checksum, newest first, wherever they are
 * kept.
 *
 * @serial exclude
 */
package io.sparkae.core.checkpoint;
