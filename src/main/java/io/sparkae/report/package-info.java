/** What a person sees of a training: progress, curves, pictures. */
package io.sparkae.report;
