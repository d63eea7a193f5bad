package io.sparkae.core.seam;

import io.sparkae.core.Seed;
import io.sparkae.core.objective.ObjectiveCase;
import io.sparkae.core.objective.ObjectiveContractTest;
import java.util.Random;
import java.util.stream.Stream;

/** The throwaway objectives keep the contract too: it asks for no gradient and no graph. */
class TinyObjectivesTest extends ObjectiveContractTest {
  private static final int ROWS = 8;

  @Override
  protected Stream<ObjectiveCase> cases() {
    long seed = Seed.of("throwaway rows");
    Random random = new Random(seed);
    float[][] rows = new float[ROWS][5];
    float[][] labels = new float[ROWS][1];
    float[][] numbers = new float[ROWS][1];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < 5; j++) {
        rows[i][j] = random.nextFloat();
      }
      numbers[i][0] = (float) random.nextGaussian();
      labels[i][0] = i % 3 == 0 ? Float.NaN : numbers[i][0];
    }
    float[][][] features = {rows};
    return Stream.of(
        ObjectiveCase.smooth("rbm", new TinyRbm(5, 3), features, seed, 0.5),
        ObjectiveCase.smooth("game", new TinyGame(), new float[][][] {numbers}, seed, 1),
        ObjectiveCase.smooth(
            "partly labelled", new PartlyLabelled(5), new float[][][] {rows, labels}, seed, 1),
        ObjectiveCase.smooth("map", new TinyMap(4, 5), features, seed, 0.5),
        ObjectiveCase.smooth("statistics", new TinyStatistics(5), features, seed, 0.5),
        ObjectiveCase.smooth("sparsity", new TinySparsity(5, 3), features, seed, 0.5));
  }
}
