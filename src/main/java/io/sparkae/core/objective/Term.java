package io.sparkae.core.objective;

import java.io.Serializable;

/**
 * One summand of the direction with a divisor of its own.
 *
 * <p>The direction over parameters [from, to) is the sum over terms of (summed direction of the
 * term) / (summed weight of that name). A weight of several elements divides as many equal,
 * consecutive parts of the range: the units of a Kohonen map, each by the kernel mass that it
 * received. Where a weight is 0, the term is 0.
 *
 * @param name what the term is
 * @param from first parameter
 * @param to parameter behind the last
 * @param weight name of the {@link WeightSpec} that divides
 */
public record Term(String name, int from, int to, String weight) implements Serializable {}
