package io.sparkae.core.objective;

import java.io.Serializable;

/**
 * A named loss: its reported value is sum / weight.
 *
 * @param name reconstruction, weightDecay, prediction…
 * @param weight name of the (one-element) {@link WeightSpec} that divides
 */
public record LossSpec(String name, String weight) implements Serializable {}
