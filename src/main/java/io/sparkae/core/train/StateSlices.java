package io.sparkae.core.train;

import io.sparkae.core.linalg.VectorMath;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The vectors of a round's state, parameters and optimizer's, cut into slices that are averaged
 * apart from each other: where a round ends on many replicas, each slice by another task, so that
 * nobody sees more than one model's worth of bytes.
 *
 * <p>The averages have the bits of those that the driver computes from whole states.
 */
public final class StateSlices implements Serializable {
  private static final long serialVersionUID = 1L;

  /** From so many replicas on they average among themselves, unless it is told otherwise. */
  public static final int LEAST_REPLICAS = 4;

  /** Slices that are worth a task each, if there are as many replicas. */
  private static final int FEW = 8;

  /** The most states' worth of bytes that one task averages, where there are many replicas. */
  private static final int STATES_OF_A_TASK = 4;

  private final int count;
  private final UpdatePrecision precision;

  /**
   * As many slices as the replicas can share out.
   *
   * @param replicas at least 1
   * @param precision of the numbers that replicas send; averages are sent as floats
   */
  public StateSlices(int replicas, UpdatePrecision precision) {
    this.count = count(replicas);
    this.precision = precision;
  }

  /**
   * {@return how many slices so many replicas share out}
   *
   * @param replicas at least 1
   */
  public static int count(int replicas) {
    int enough = (replicas + STATES_OF_A_TASK - 1) / STATES_OF_A_TASK;
    return Math.min(replicas, Math.max(FEW, enough));
  }

  /** {@return how many slices there are} */
  public int count() {
    return count;
  }

  private int start(int slice, int length) {
    return (int) TrainingPlan.share(slice, length, count);
  }

  private int elements(int slice, int length) {
    return start(slice + 1, length) - start(slice, length);
  }

  /**
   * {@return a slice of where a replica got to, as raw little-endian numbers behind its rows}
   *
   * @param result of a {@code WALK}
   * @param slice number of the slice, from 0
   */
  public byte[] cut(RoundResult result, int slice) {
    float[] parameters = result.state().parameters();
    float[][] slots = result.state().optimizerState();
    int elements = elements(slice, parameters.length);
    int numbers = Math.multiplyExact(elements, 1 + slots.length);
    ByteBuffer bytes = Wire.allocate(Math.addExact(Long.BYTES, precision.size(numbers)));
    bytes.putLong(result.rows());
    int from = start(slice, parameters.length);
    precision.write(bytes, parameters, from, elements);
    for (float[] slot : slots) {
      precision.write(bytes, slot, from, elements);
    }
    return bytes.array();
  }

  /**
   * {@return the average of a slice, weighted by rows; empty if there are none}
   *
   * @param pieces what {@link #cut} gave for that slice, in the order of the replicas
   */
  public byte[] average(List<byte[]> pieces) {
    List<ByteBuffer> sources = new ArrayList<>();
    List<Long> rows = new ArrayList<>();
    long allRows = 0;
    for (byte[] piece : pieces) {
      ByteBuffer source = Wire.wrap(piece);
      long ofPiece = source.getLong();
      if (ofPiece > 0) {
        sources.add(source);
        rows.add(ofPiece);
        allRows += ofPiece;
      }
    }
    if (sources.isEmpty()) {
      return new byte[0];
    }
    int numbers = sources.get(0).remaining() / precision.bytes();
    float[] values = new float[numbers];
    if (sources.size() == 1) {
      precision.read(sources.get(0), values);
    } else {
      double[] sums = new double[numbers];
      for (int r = 0; r < sources.size(); r++) {
        precision.read(sources.get(r), values);
        VectorMath.addScaledInPlace(sums, (double) rows.get(r) / allRows, values, 0);
      }
      for (int i = 0; i < numbers; i++) {
        values[i] = (float) sums[i];
      }
    }
    ByteBuffer average = Wire.allocate(Wire.size(values));
    Wire.write(average, values);
    return average.array();
  }

  /**
   * Moves a state, all but its step count, to the average of where the replicas got to. It stays
   * where it is if there were no rows, or a replica's loss stopped being finite.
   *
   * @param averages of all slices, in their order
   * @param results of all replicas, without their vectors
   * @param state moved
   */
  public void put(List<byte[]> averages, List<RoundResult> results, RoundState state) {
    if (Combiner.isUsable(results)) {
      Combiner.averageStatistics(results, state);
      put(averages, state);
    }
  }

  private void put(List<byte[]> averages, RoundState state) {
    for (int slice = 0; slice < count; slice++) {
      ByteBuffer bytes = Wire.wrap(averages.get(slice));
      float[] parameters = state.parameters();
      int from = start(slice, parameters.length);
      int elements = elements(slice, parameters.length);
      put(bytes, parameters, from, elements);
      for (float[] slot : state.optimizerState()) {
        put(bytes, slot, from, elements);
      }
    }
  }

  private void put(ByteBuffer average, float[] target, int from, int elements) {
    if (!precision.tellsDifferences()) {
      Wire.read(average, target, from, elements);
      return;
    }
    float[] differences = new float[elements];
    Wire.read(average, differences);
    for (int i = 0; i < elements; i++) {
      target[from + i] += differences[i];
    }
  }
}
