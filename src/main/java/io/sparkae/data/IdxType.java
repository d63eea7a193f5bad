package io.sparkae.data;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The six element types of the IDX format, all big-endian. */
public enum IdxType {
  /** Whole numbers 0 to 255, one byte. */
  UNSIGNED_BYTE(0x08, 1, "unsigned byte") {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.get() & 0xff;
    }
  },
  /** Whole numbers -128 to 127, one byte. */
  SIGNED_BYTE(0x09, 1, "signed byte") {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.get();
    }
  },
  /** Whole numbers of two bytes. */
  SHORT(0x0b, 2, "short") {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.getShort();
    }
  },
  /** Whole numbers of four bytes. */
  INT(0x0c, 4, "int") {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.getInt();
    }
  },
  /** IEEE 754 numbers of four bytes. */
  FLOAT(0x0d, 4, "float") {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  /** IEEE 754 numbers of eight bytes. */
  DOUBLE(0x0e, 8, "double") {
    @Override
    double get(ByteBuffer bytes) {
      return bytes.getDouble();
    }
  };

  private final int code;
  private final int bytes;
  private final String label;

  IdxType(int code, int bytes, String label) {
    this.code = code;
    this.bytes = bytes;
    this.label = label;
  }

  /** The next element of {@code bytes} as a double (exact for all six types). */
  abstract double get(ByteBuffer bytes);

  /** {@return bytes of one element} */
  public int bytes() {
    return bytes;
  }

  /**
   * {@return the type of a code in the third byte of an IDX file, or empty if there is none}
   *
   * @param code from 0 to 255
   */
  public static Optional<IdxType> ofCode(int code) {
    for (IdxType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return label;
  }
}
