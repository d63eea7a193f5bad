package io.sparkae.core.graph;

import io.sparkae.core.random.RandomStreams;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** The slices that make up a model's flat parameter vector, in order and without gaps. */
public final class ParameterLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<ParameterSlice> slices = new ArrayList<>();
  private final HashMap<String, ParameterSlice> byName = new HashMap<>();
  private int size;

  /** A layout without slices. */
  public ParameterLayout() {}

  /**
   * Appends a slice.
   *
   * @param name different from every other slice's
   * @param rows rows of the matrix
   * @param columns columns of the matrix
   * @param initializer how its elements start
   * @return the slice, at the end of the flat vector
   * @throws IllegalArgumentException if the name is taken or the vector would pass 2³¹ − 1 elements
   */
  public ParameterSlice add(String name, int rows, int columns, Initializer initializer) {
    if (byName.containsKey(name)) {
      throw new IllegalArgumentException("two parameter slices are named " + name);
    }
    long end = size + (long) rows * columns;
    if (end > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "the model has more than 2^31 parameters: " + name + " is " + rows + " x " + columns);
    }
    ParameterSlice slice = new ParameterSlice(name, rows, columns, size, initializer);
    slices.add(slice);
    byName.put(name, slice);
    size = (int) end;
    return slice;
  }

  /** {@return elements of the flat vector} */
  public int size() {
    return size;
  }

  /** {@return the slices in order} */
  public List<ParameterSlice> slices() {
    return List.copyOf(slices);
  }

  /**
   * {@return the slice of that name}
   *
   * @param name such as {@code encoder.0.weight}
   * @throws IllegalArgumentException if there is none
   */
  public ParameterSlice slice(String name) {
    ParameterSlice slice = byName.get(name);
    if (slice == null) {
      throw new IllegalArgumentException("no parameter slice is named " + name);
    }
    return slice;
  }

  /**
   * {@return the parameters that a training with this seed starts from}
   *
   * @param seed what all random numbers are keyed by
   */
  public float[] initialParameters(long seed) {
    float[] parameters = new float[size];
    RandomStreams random = new RandomStreams(seed);
    for (int i = 0; i < slices.size(); i++) {
      slices.get(i).initializer().fill(parameters, slices.get(i), i, random);
    }
    return parameters;
  }
}
