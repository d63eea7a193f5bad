package io.sparkae.core.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as raw little-endian bytes, of lengths that both sides know. */
final class Wire {
  private Wire() {}

  static ByteBuffer allocate(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  static ByteBuffer wrap(byte[] source) {
    return ByteBuffer.wrap(source).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int size(float[] values) {
    return Math.multiplyExact(values.length, Float.BYTES);
  }

  static int size(float[][] arrays) {
    int size = 0;
    for (float[] values : arrays) {
      size = Math.addExact(size, size(values));
    }
    return size;
  }

  static int size(double[] values) {
    return Math.multiplyExact(values.length, Double.BYTES);
  }

  static int size(double[][] arrays) {
    int size = 0;
    for (double[] values : arrays) {
      size = Math.addExact(size, size(values));
    }
    return size;
  }

  static void write(ByteBuffer bytes, float[] values) {
    write(bytes, values, 0, values.length);
  }

  /** The {@code length} elements from {@code from} on. */
  static void write(ByteBuffer bytes, float[] values, int from, int length) {
    bytes.asFloatBuffer().put(values, from, length);
    bytes.position(bytes.position() + length * Float.BYTES);
  }

  static void write(ByteBuffer bytes, float[][] arrays) {
    for (float[] values : arrays) {
      write(bytes, values);
    }
  }

  static void write(ByteBuffer bytes, double[] values) {
    bytes.asDoubleBuffer().put(values);
    bytes.position(bytes.position() + size(values));
  }

  static void write(ByteBuffer bytes, double[][] arrays) {
    for (double[] values : arrays) {
      write(bytes, values);
    }
  }

  static void read(ByteBuffer bytes, float[] values) {
    read(bytes, values, 0, values.length);
  }

  /** Into the {@code length} elements from {@code from} on. */
  static void read(ByteBuffer bytes, float[] values, int from, int length) {
    bytes.asFloatBuffer().get(values, from, length);
    bytes.position(bytes.position() + length * Float.BYTES);
  }

  static void read(ByteBuffer bytes, float[][] arrays) {
    for (float[] values : arrays) {
      read(bytes, values);
    }
  }

  static void read(ByteBuffer bytes, double[] values) {
    bytes.asDoubleBuffer().get(values);
    bytes.position(bytes.position() + size(values));
  }

  static void read(ByteBuffer bytes, double[][] arrays) {
    for (double[] values : arrays) {
      read(bytes, values);
    }
  }
}
