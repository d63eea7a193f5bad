package io.sparkae.core.train;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;

/** Floats that are serialised as raw bytes: several times as fast as Java serialises an array. */
public final class RawFloats implements Serializable {
  private static final long serialVersionUID = 1L;

  private transient float[] values;

  /**
   * Holds the array itself.
   *
   * @param values kept, not copied
   */
  public RawFloats(float[] values) {
    this.values = values;
  }

  /** {@return the array itself} */
  public float[] values() {
    return values;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    ByteBuffer bytes = Wire.allocate(Wire.size(values));
    Wire.write(bytes, values);
    out.writeObject(bytes.array());
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    if (!(in.readObject() instanceof byte[] bytes) || bytes.length % Float.BYTES != 0) {
      throw new InvalidObjectException("no floats");
    }
    values = new float[bytes.length / Float.BYTES];
    Wire.read(Wire.wrap(bytes), values);
  }
}
