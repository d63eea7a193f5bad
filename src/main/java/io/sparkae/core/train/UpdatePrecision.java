package io.sparkae.core.train;

import io.sparkae.core.linalg.BFloat16;
import java.nio.ByteBuffer;
import java.nio.ShortBuffer;

/** The numbers in which replicas return what they have done. */
public enum UpdatePrecision {
  /** Where a replica got to, as it has computed it: 4 bytes a number. */
  FLOAT32(Float.BYTES) {
    @Override
    void write(ByteBuffer bytes, float[] values, int from, int length) {
      Wire.write(bytes, values, from, length);
    }

    @Override
    void read(ByteBuffer bytes, float[] values, int from, int length) {
      Wire.read(bytes, values, from, length);
    }
  },

  /**
   * How far a replica got, rounded to 8 significant bits: 2 bytes a number. Parameters and sums of
   * directions are rounded to the nearest; the optimizer's vectors toward where they were, so that
   * nothing changes its sign by it. The rounding is part of the training: its bits are the same
   * wherever the replicas run, and no remainder is kept that would be lost with an executor.
   */
  BFLOAT16(Short.BYTES) {
    @Override
    void write(ByteBuffer bytes, float[] values, int from, int length) {
      ShortBuffer shorts = bytes.asShortBuffer();
      for (int i = from; i < from + length; i++) {
        shorts.put(BFloat16.bits(values[i]));
      }
      bytes.position(bytes.position() + size(length));
    }

    @Override
    void read(ByteBuffer bytes, float[] values, int from, int length) {
      ShortBuffer shorts = bytes.asShortBuffer();
      for (int i = from; i < from + length; i++) {
        values[i] = BFloat16.ofBits(shorts.get());
      }
      bytes.position(bytes.position() + size(length));
    }
  };

  private final int bytes;

  UpdatePrecision(int bytes) {
    this.bytes = bytes;
  }

  /** {@return bytes of a number} */
  public int bytes() {
    return bytes;
  }

  /** {@return whether a walk's vectors are how far it led from where it began, and rounded} */
  public boolean tellsDifferences() {
    return this != FLOAT32;
  }

  /** Bytes of so many numbers. */
  int size(int numbers) {
    return Math.multiplyExact(numbers, bytes);
  }

  int size(float[][] arrays) {
    int size = 0;
    for (float[] values : arrays) {
      size = Math.addExact(size, size(values.length));
    }
    return size;
  }

  /** The {@code length} elements from {@code from} on, which have been rounded. */
  abstract void write(ByteBuffer bytes, float[] values, int from, int length);

  /** Into the {@code length} elements from {@code from} on. */
  abstract void read(ByteBuffer bytes, float[] values, int from, int length);

  void write(ByteBuffer bytes, float[] values) {
    write(bytes, values, 0, values.length);
  }

  void write(ByteBuffer bytes, float[][] arrays) {
    for (float[] values : arrays) {
      write(bytes, values);
    }
  }

  void read(ByteBuffer bytes, float[] values) {
    read(bytes, values, 0, values.length);
  }

  void read(ByteBuffer bytes, float[][] arrays) {
    for (float[] values : arrays) {
      read(bytes, values);
    }
  }
}
