package io.sparkae.ml;

import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.train.RowProgram;
import io.sparkae.core.train.TrainingSettings;

/** How one layer of a deep net is trained alone, and what becomes of it in the net. */
interface LayerPlan {
  /** What is trained on the layer's inputs. */
  Objective objective();

  /** How it is trained. */
  TrainingSettings settings();

  /** What the trained layer makes of its inputs. */
  RowProgram program(float[] trained);

  /**
   * Puts the trained layer's weights where the net has them, in encoder and decoder.
   *
   * @param layer number of the layer, from 0
   * @param weights the net's flat vector
   */
  void unroll(float[] trained, AutoencoderNetwork net, int layer, float[] weights);
}
