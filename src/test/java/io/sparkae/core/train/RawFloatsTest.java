package io.sparkae.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.lang3.SerializationUtils;
import org.junit.jupiter.api.Test;

class RawFloatsTest {
  @Test
  void everyBitComesBack() {
    float[] values = {0f, -0f, 1.5f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY};
    RawFloats copy = SerializationUtils.roundtrip(new RawFloats(values));
    assertThat(copy.values()).isEqualTo(values).isNotSameAs(values);
    assertThat(SerializationUtils.serialize(new RawFloats(values)).length).isLessThan(150);
  }
}
