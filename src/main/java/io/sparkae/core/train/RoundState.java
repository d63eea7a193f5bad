package io.sparkae.core.train;

import io.sparkae.core.Check;
import io.sparkae.core.linalg.BFloat16;
import io.sparkae.core.linalg.VectorMath;
import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.ParameterGroup;
import io.sparkae.core.objective.StatisticSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What travels from round to round: parameters, optimizer state, statistics, steps done. */
public final class RoundState {
  /** The longest array of bytes, less what statistics and sums may take. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (64L << 20);

  private final float[] parameters;
  private final float[][] optimizerState;
  private final double[][] statistics;
  private long step;

  /**
   * Room for the state of a training.
   *
   * @param objective what is trained
   * @param settings say how much state the optimizers have
   */
  public RoundState(Objective objective, TrainingSettings settings) {
    int size = objective.layout().size();
    checkGradients(objective, settings, size);
    int slots = 0;
    for (ParameterGroup group : objective.groups()) {
      slots = Math.max(slots, settings.optimizerOf(group.name()).create().slots());
    }
    checkBytes(
        (1L + slots) * size * Float.BYTES,
        "the model with its optimizer's vectors",
        "fewer units or an optimizer with less state would do");
    parameters = new float[size];
    optimizerState = new float[slots][size];
    statistics = initialStatistics(objective);
  }

  /**
   * {@return room for statistics and steps, and no vectors: what travels apart from them}
   *
   * @param objective what is trained
   */
  static RoundState withoutVectors(Objective objective) {
    return new RoundState(new float[0], new float[0][], initialStatistics(objective), 0);
  }

  /** {@return the same statistics and steps without the vectors} */
  RoundState withoutVectors() {
    return new RoundState(new float[0], new float[0][], statistics, step);
  }

  private RoundState(
      float[] parameters, float[][] optimizerState, double[][] statistics, long step) {
    this.parameters = parameters;
    this.optimizerState = optimizerState;
    this.statistics = statistics;
    this.step = step;
  }

  private static void checkGradients(Objective objective, TrainingSettings settings, long size) {
    if (settings.optimizer().kind().isFullBatch()) {
      checkBytes(
          size * objective.terms().size() * Double.BYTES,
          "the gradient in double",
          "fewer units or an optimizer that takes minibatches would do");
    }
  }

  private static void checkBytes(long bytes, String what, String advice) {
    Check.that(
        bytes <= MOST_BYTES,
        what,
        "at most 2 GiB, which is what a round can carry",
        bytes + " bytes: " + advice);
  }

  private static double[][] initialStatistics(Objective objective) {
    return objective.statistics().stream().map(RoundState::initial).toArray(double[][]::new);
  }

  private static double[] initial(StatisticSpec spec) {
    double[] values = new double[spec.length()];
    Arrays.fill(values, spec.initial());
    return values;
  }

  /**
   * {@return the state before the first step: initial weights by the seed}
   *
   * @param objective what is trained
   * @param settings have the seed, and say how much state the optimizers have
   */
  public static RoundState initial(Objective objective, TrainingSettings settings) {
    return initial(objective, settings, objective.layout().initialParameters(settings.seed()));
  }

  /**
   * {@return the state before the first step: given weights}
   *
   * @param objective what is trained
   * @param settings say how much state the optimizers have
   * @param start the flat parameter vector; copied
   */
  public static RoundState initial(Objective objective, TrainingSettings settings, float[] start) {
    if (start.length != objective.layout().size()) {
      throw new IllegalArgumentException(
          "there are " + start.length + " weights for " + objective.layout().size());
    }
    RoundState state = new RoundState(objective, settings);
    System.arraycopy(start, 0, state.parameters, 0, start.length);
    return state;
  }

  /** Takes over parameters and statistics, not the optimizer's vectors. */
  void setModel(float[] newParameters, double[][] newStatistics) {
    System.arraycopy(newParameters, 0, parameters, 0, parameters.length);
    for (int s = 0; s < statistics.length; s++) {
      System.arraycopy(newStatistics[s], 0, statistics[s], 0, statistics[s].length);
    }
  }

  Snapshot.State snapshot() {
    return new Snapshot.State(
        parameters, Arrays.asList(optimizerState), Arrays.asList(statistics), step);
  }

  /** Takes over what a checkpoint has; of a training that has ended, no optimizer's vectors. */
  void restore(Snapshot.State kept) {
    Vectors.copy(kept.parameters(), parameters);
    Vectors.copy(kept.statistics(), statistics);
    if (!kept.optimizer().isEmpty()) {
      Vectors.copyFloats(kept.optimizer(), optimizerState);
    }
    step = kept.step();
  }

  /** Whether all parameters are numbers. */
  boolean isFinite() {
    return VectorMath.isFinite(parameters);
  }

  /** Takes over what a replica needs for a round of that kind. */
  void copyFrom(RoundState other, RoundTask.Kind kind) {
    step = other.step;
    setModel(other.parameters, other.statistics);
    for (int slot = 0; kind == RoundTask.Kind.WALK && slot < optimizerState.length; slot++) {
      System.arraycopy(
          other.optimizerState[slot], 0, optimizerState[slot], 0, optimizerState[slot].length);
    }
  }

  /** {@return the flat parameter vector} */
  public float[] parameters() {
    return parameters;
  }

  /** {@return the optimizer's vectors} */
  public float[][] optimizerState() {
    return optimizerState;
  }

  /** {@return the statistics in the objective's order} */
  public double[][] statistics() {
    return statistics;
  }

  /** {@return optimizer steps done} */
  public long step() {
    return step;
  }

  void setStep(long step) {
    this.step = step;
  }

  /**
   * Overwrites elements of the vectors with how far they are from where they were, rounded as
   * {@link UpdatePrecision#BFLOAT16} has it.
   */
  void becomeDifference(RoundState start, int from, int to) {
    for (int i = from; i < to; i++) {
      parameters[i] = BFloat16.nearest(parameters[i] - start.parameters[i]);
    }
    for (int slot = 0; slot < optimizerState.length; slot++) {
      float[] values = optimizerState[slot];
      float[] before = start.optimizerState[slot];
      for (int i = from; i < to; i++) {
        values[i] = BFloat16.towardZero(values[i] - before[i]);
      }
    }
  }

  private int byteSize(boolean walks, UpdatePrecision precision) {
    int size = Math.addExact(Long.BYTES + Wire.size(statistics), precision.size(parameters.length));
    return walks ? Math.addExact(size, precision.size(optimizerState)) : size;
  }

  /** Bytes of {@link #write}. */
  int byteSize(UpdatePrecision precision) {
    return byteSize(true, precision);
  }

  void write(ByteBuffer bytes, UpdatePrecision precision) {
    write(bytes, true, precision);
  }

  private void write(ByteBuffer bytes, boolean walks, UpdatePrecision precision) {
    bytes.putLong(step);
    precision.write(bytes, parameters);
    Wire.write(bytes, statistics);
    if (walks) {
      precision.write(bytes, optimizerState);
    }
  }

  void read(ByteBuffer bytes, UpdatePrecision precision) {
    read(bytes, true, precision);
  }

  private void read(ByteBuffer bytes, boolean walks, UpdatePrecision precision) {
    step = bytes.getLong();
    precision.read(bytes, parameters);
    Wire.read(bytes, statistics);
    if (walks) {
      precision.read(bytes, optimizerState);
    }
  }

  /**
   * {@return what a replica needs for a round of that kind, as raw little-endian numbers: the
   * optimizer's vectors only where it walks}
   *
   * @param kind what the replicas are about to do
   */
  public byte[] toBytes(RoundTask.Kind kind) {
    boolean walks = kind == RoundTask.Kind.WALK;
    ByteBuffer bytes = Wire.allocate(byteSize(walks, UpdatePrecision.FLOAT32));
    write(bytes, walks, UpdatePrecision.FLOAT32);
    return bytes.array();
  }

  /**
   * Takes over what {@link #toBytes} wrote for the same kind, objective and settings.
   *
   * @param source what came over the wire
   * @param kind the kind that it was written for
   */
  public void fromBytes(byte[] source, RoundTask.Kind kind) {
    read(Wire.wrap(source), kind == RoundTask.Kind.WALK, UpdatePrecision.FLOAT32);
  }
}
