package io.sparkae.core.linalg;

import io.sparkae.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Prints a checksum over the bits of each function of {@link VectorMath}. */
final class VectorMathChecksums {
  private static final int LENGTH = 1025;
  private static final int OFFSET = 3;

  /** Reads {@code x} and {@code y}, writes {@code target}; what it returns counts as well. */
  private interface Operation {
    double apply(float[] target, float[] x, float[] y);
  }

  private interface InPlace {
    void apply(float[] target, int offset, int length);
  }

  private interface Backward {
    void apply(float[] y, float[] delta, int offset, int length);
  }

  private VectorMathChecksums() {}

  public static void main(String[] arguments) {
    compute().forEach(System.out::println);
  }

  static List<String> compute() {
    List<String> lines = new ArrayList<>();
    addInPlace(lines, "exp", Elementary::expInPlace);
    addInPlace(lines, "sigmoid", Elementary::sigmoidInPlace);
    addInPlace(lines, "tanh", Elementary::tanhInPlace);
    addInPlace(lines, "elu", Elementary::eluInPlace);
    addInPlace(lines, "softplus", Elementary::softplusInPlace);
    addInPlace(lines, "relu", Elementary::reluInPlace);
    addInPlace(lines, "leakyRelu", (v, o, n) -> Elementary.leakyReluInPlace(v, o, n, 0.01f));
    addInPlace(lines, "scale", (v, o, n) -> VectorMath.scaleInPlace(v, o, n, 0.3f));
    addInPlace(
        lines,
        "log",
        (v, o, n) -> {
          for (int i = o; i < o + n; i++) {
            v[i] = Math.abs(v[i]) + 1e-30f;
          }
          Elementary.logInPlace(v, o, n);
        });
    addInPlace(lines, "normal", (v, o, n) -> new RandomStreams(5).normal(20, 1, 2, v, o, n));
    addBackward(lines, "sigmoidBackward", Elementary::sigmoidBackward);
    addBackward(lines, "tanhBackward", Elementary::tanhBackward);
    addBackward(lines, "reluBackward", Elementary::reluBackward);
    addBackward(
        lines,
        "leakyReluBackward",
        (y, d, o, n) -> Elementary.leakyReluBackward(y, d, o, n, 0.01f));
    addBackward(lines, "eluBackward", Elementary::eluBackward);
    addBackward(lines, "softplusBackward", Elementary::softplusBackward);
    addBackward(lines, "add", (y, d, o, n) -> VectorMath.addInPlace(d, y, o, n));
    addBackward(lines, "addScaled", (y, d, o, n) -> VectorMath.addScaledInPlace(d, 0.7f, y, o, n));
    addBackward(lines, "scaleInto", (y, d, o, n) -> VectorMath.scaleInto(d, 0.7f, y, o, n));
    add(
        lines,
        "subtract",
        (t, x, y) -> {
          VectorMath.subtractInto(t, x, y, OFFSET, LENGTH);
          return 0;
        });
    add(lines, "sum", (t, x, y) -> VectorMath.sum(x, OFFSET, LENGTH));
    add(lines, "dot", (t, x, y) -> VectorMath.dot(x, y, OFFSET, LENGTH));
    float[] delta = new float[OFFSET + LENGTH + 1];
    add(
        lines,
        "crossEntropy",
        (t, x, y) -> Elementary.sigmoidCrossEntropy(x, y, t, delta, OFFSET, LENGTH));
    CRC32C checksum = new CRC32C();
    update(checksum, delta);
    lines.add("crossEntropy delta " + Long.toHexString(checksum.getValue()));
    return lines;
  }

  private static void addInPlace(List<String> lines, String name, InPlace operation) {
    add(
        lines,
        name,
        (t, x, y) -> {
          operation.apply(t, OFFSET, LENGTH);
          return 0;
        });
  }

  private static void addBackward(List<String> lines, String name, Backward operation) {
    add(
        lines,
        name,
        (t, x, y) -> {
          operation.apply(y, t, OFFSET, LENGTH);
          return 0;
        });
  }

  private static void add(List<String> lines, String name, Operation operation) {
    float[] x = new float[OFFSET + LENGTH + 1];
    float[] y = new float[x.length];
    RandomStreams random = new RandomStreams(11);
    random.normal(20, 0, 0, x, 0, x.length);
    random.normal(20, 0, 1, y, 0, y.length);
    for (int i = 0; i < x.length; i += 3) {
      x[i] *= 30f; // the wide range, where the exponentials saturate
    }
    float[] target = x.clone();
    double returned = operation.apply(target, x, y);
    CRC32C checksum = new CRC32C();
    update(checksum, target);
    lines.add(
        name
            + " "
            + Long.toHexString(checksum.getValue())
            + " "
            + Long.toHexString(Double.doubleToRawLongBits(returned)));
  }

  private static void update(CRC32C checksum, float[] values) {
    for (float value : values) {
      int bits = Float.floatToRawIntBits(value);
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        checksum.update(bits >>> shift);
      }
    }
  }
}
