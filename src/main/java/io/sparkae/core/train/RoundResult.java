package io.sparkae.core.train;

import io.sparkae.core.objective.Objective;
import io.sparkae.core.objective.Sums;
import java.nio.ByteBuffer;

/** What a replica returns from a round. */
public final class RoundResult {
  private final RoundTask.Kind kind;
  private final Sums sums;
  private final RoundState state;
  private final double[][] gradients;
  private final UpdatePrecision precision;
  private long rows;
  private Breakdown breakdown;

  /**
   * Room for the result of a round of that kind.
   *
   * @param kind what the replica does
   * @param objective what is trained
   * @param settings say how much state the optimizers have
   */
  public RoundResult(RoundTask.Kind kind, Objective objective, TrainingSettings settings) {
    this(
        kind,
        kind == RoundTask.Kind.SUM ? new Sums(objective) : Sums.withoutDirections(objective),
        kind == RoundTask.Kind.WALK ? new RoundState(objective, settings) : null,
        kind == RoundTask.Kind.GRADIENT ? GradientSum.room(objective) : new double[0][],
        settings.updatePrecision());
  }

  /**
   * {@return room for the result of a {@code WALK} whose vectors travel apart from it}
   *
   * @param objective what is trained
   */
  public static RoundResult withoutVectors(Objective objective) {
    return new RoundResult(
        RoundTask.Kind.WALK,
        Sums.withoutDirections(objective),
        RoundState.withoutVectors(objective),
        new double[0][],
        UpdatePrecision.FLOAT32);
  }

  /** {@return the same without the vectors that a {@code WALK} moved} */
  public RoundResult withoutVectors() {
    RoundResult result = new RoundResult(kind, sums, state.withoutVectors(), gradients, precision);
    result.setRows(rows);
    result.setBreakdown(breakdown);
    return result;
  }

  RoundResult(
      RoundTask.Kind kind,
      Sums sums,
      RoundState state,
      double[][] gradients,
      UpdatePrecision precision) {
    this.kind = kind;
    this.sums = sums;
    this.state = state;
    this.gradients = gradients;
    this.precision = precision;
  }

  /** {@return rows that the replica went through} */
  public long rows() {
    return rows;
  }

  void setRows(long rows) {
    this.rows = rows;
  }

  /** {@return losses and weights over the round's rows; directions only of a {@code SUM} round} */
  public Sums sums() {
    return sums;
  }

  /**
   * {@return where a {@code WALK} led, or of another precision than float32 how far; null in other
   * rounds}
   */
  public RoundState state() {
    return state;
  }

  /** The direction of each term summed over all rows, of a {@code GRADIENT} round; else none. */
  double[][] gradients() {
    return gradients;
  }

  /** The numbers that it travels in. */
  UpdatePrecision precision() {
    return precision;
  }

  /** Where the loss stopped being finite, which ended the round; null if it did not. */
  Breakdown breakdown() {
    return breakdown;
  }

  void setBreakdown(Breakdown breakdown) {
    this.breakdown = breakdown;
  }

  private boolean carriesDirections() {
    return kind == RoundTask.Kind.SUM;
  }

  /** {@return everything as raw little-endian numbers, vectors in the training's precision} */
  public byte[] toBytes() {
    int size =
        Long.BYTES
            + 1
            + (breakdown == null ? 0 : Breakdown.BYTES)
            + Wire.size(sums.losses())
            + Wire.size(sums.weights())
            + Wire.size(sums.statistics())
            + Wire.size(gradients);
    size += carriesDirections() ? precision.size(sums.directions()) : 0;
    size += state == null ? 0 : state.byteSize(precision);
    ByteBuffer bytes = Wire.allocate(size);
    bytes.putLong(rows);
    bytes.put((byte) (breakdown == null ? 0 : 1));
    if (breakdown != null) {
      breakdown.write(bytes);
    }
    Wire.write(bytes, sums.losses());
    Wire.write(bytes, sums.weights());
    Wire.write(bytes, sums.statistics());
    if (carriesDirections()) {
      precision.write(bytes, sums.directions());
    }
    Wire.write(bytes, gradients);
    if (state != null) {
      state.write(bytes, precision);
    }
    return bytes.array();
  }

  /**
   * Takes over what {@link #toBytes()} wrote for the same kind, objective and settings.
   *
   * @param source what came over the wire
   */
  public void fromBytes(byte[] source) {
    ByteBuffer bytes = Wire.wrap(source);
    rows = bytes.getLong();
    breakdown = bytes.get() == 0 ? null : Breakdown.read(bytes);
    Wire.read(bytes, sums.losses());
    Wire.read(bytes, sums.weights());
    Wire.read(bytes, sums.statistics());
    if (carriesDirections()) {
      precision.read(bytes, sums.directions());
    }
    Wire.read(bytes, gradients);
    if (state != null) {
      state.read(bytes, precision);
    }
  }
}
