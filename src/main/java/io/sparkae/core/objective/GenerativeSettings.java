package io.sparkae.core.objective;

import io.sparkae.core.Check;
import io.sparkae.core.graph.Activation;
import java.io.Serializable;
import java.util.List;

/**
 * A generator of rows, and a discriminator that tells them from those of the data.
 *
 * @param codeSize numbers of a code, which the generator starts from
 * @param generatorLayers widths of the generator's hidden layers
 * @param generatorActivation of those layers
 * @param outputActivation of the generated features
 * @param discriminatorLayers widths of the discriminator's hidden layers
 * @param discriminatorActivation of those layers
 * @param discriminatorDropout probability to drop a unit of those layers
 * @param saturating whether the generator minimises log(1 − D) instead of −log D
 * @param labelSmoothing what the discriminator's target for rows of the data is below 1
 */
public record GenerativeSettings(
    int codeSize,
    List<Integer> generatorLayers,
    Activation generatorActivation,
    Activation outputActivation,
    List<Integer> discriminatorLayers,
    Activation discriminatorActivation,
    double discriminatorDropout,
    boolean saturating,
    double labelSmoothing)
    implements Serializable {
  /**
   * Checks the ranges.
   *
   * @param codeSize at least 1
   * @param generatorLayers each at least 1; may be empty
   * @param generatorActivation any
   * @param outputActivation any
   * @param discriminatorLayers each at least 1; may be empty
   * @param discriminatorActivation any
   * @param discriminatorDropout in [0, 1); 0 where there are no such layers
   * @param saturating either
   * @param labelSmoothing in [0, 1)
   */
  public GenerativeSettings {
    generatorLayers = List.copyOf(generatorLayers);
    discriminatorLayers = List.copyOf(discriminatorLayers);
    Check.that(codeSize >= 1, "codeSize", "a whole number of at least 1", codeSize);
    checkWidths("generatorLayers", generatorLayers);
    checkWidths("discriminatorLayers", discriminatorLayers);
    Check.that(
        discriminatorDropout >= 0 && discriminatorDropout < 1,
        "discriminatorDropout",
        "in [0, 1)",
        discriminatorDropout);
    Check.that(
        discriminatorDropout == 0 || !discriminatorLayers.isEmpty(),
        "discriminatorDropout",
        "0 when discriminatorLayers is empty",
        discriminatorDropout);
    Check.that(
        labelSmoothing >= 0 && labelSmoothing < 1, "labelSmoothing", "in [0, 1)", labelSmoothing);
  }

  private static void checkWidths(String name, List<Integer> widths) {
    for (int width : widths) {
      Check.that(width >= 1, name, "whole numbers of at least 1", widths);
    }
  }
}
