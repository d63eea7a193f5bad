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
 * @param discriminator shape of the discriminator
 * @param saturating whether the generator minimises log(1 − D) instead of −log D
 * @param labelSmoothing what the discriminator's target for rows of the data is below 1
 */
public record GenerativeSettings(
    int codeSize,
    List<Integer> generatorLayers,
    Activation generatorActivation,
    Activation outputActivation,
    DiscriminatorSettings discriminator,
    boolean saturating,
    double labelSmoothing)
    implements Serializable {
  /** Features of any value, a loss that does not saturate. */
  public static final GenerativeSettings DEFAULT =
      new GenerativeSettings(
          64,
          List.of(256, 512),
          Activation.RELU,
          Activation.LINEAR,
          DiscriminatorSettings.DEFAULT,
          false,
          0);

  /**
   * Checks the ranges.
   *
   * @param codeSize at least 1
   * @param generatorLayers each at least 1; may be empty
   * @param generatorActivation any
   * @param outputActivation any
   * @param discriminator any
   * @param saturating either
   * @param labelSmoothing in [0, 1)
   */
  public GenerativeSettings {
    generatorLayers = List.copyOf(generatorLayers);
    Check.that(codeSize >= 1, "codeSize", "a whole number of at least 1", codeSize);
    checkWidths("generatorLayers", generatorLayers);
    Check.that(
        labelSmoothing >= 0 && labelSmoothing < 1, "labelSmoothing", "in [0, 1)", labelSmoothing);
  }

  private static void checkWidths(String name, List<Integer> widths) {
    for (int width : widths) {
      Check.that(width >= 1, name, "whole numbers of at least 1", widths);
    }
  }
}
