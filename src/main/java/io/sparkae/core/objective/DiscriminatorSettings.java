package io.sparkae.core.objective;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import java.io.Serializable;
import java.util.List;

/**
 * The shape of a discriminator, from what it judges to one logit.
 *
 * @param layers widths of its hidden layers
 * @param activation of those layers
 * @param dropout probability to drop a unit of those layers
 */
public record DiscriminatorSettings(List<Integer> layers, Activation activation, double dropout)
    implements Serializable {
  /** Two layers without dropout. */
  public static final DiscriminatorSettings DEFAULT =
      new DiscriminatorSettings(List.of(500, 500), Activation.LEAKY_RELU, 0);

  /**
   * Checks the ranges.
   *
   * @param layers each at least 1; may be empty
   * @param activation any
   * @param dropout in [0, 1); 0 where there are no layers
   */
  public DiscriminatorSettings {
    layers = List.copyOf(layers);
    for (int width : layers) {
      Check.that(width >= 1, "discriminatorLayers", "whole numbers of at least 1", layers);
    }
    Check.that(dropout >= 0 && dropout < 1, "discriminatorDropout", "in [0, 1)", dropout);
    Check.that(
        dropout == 0 || !layers.isEmpty(),
        "discriminatorDropout",
        "0 when discriminatorLayers is empty",
        dropout);
  }
}
