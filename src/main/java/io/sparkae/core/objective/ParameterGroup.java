package io.sparkae.core.objective;

import java.io.Serializable;

/**
 * A range of the parameters that may have optimizer settings of its own: a player, a frozen
 * encoder.
 *
 * @param name key in the training settings
 * @param from first parameter
 * @param to parameter behind the last
 */
public record ParameterGroup(String name, int from, int to) implements Serializable {}
