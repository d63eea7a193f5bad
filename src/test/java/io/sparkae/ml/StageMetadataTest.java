package io.sparkae.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkae.data.SavedStageException;
import io.sparkae.data.StageMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Params come back as they stand in the metadata, or not at all. */
class StageMetadataTest {
  private static Autoencoder withCodeSize(String value) {
    Autoencoder stage = new Autoencoder();
    StageMetadata.parse(
            "out/stage",
            "{\"class\":\"x\",\"timestamp\":1,\"sparkVersion\":\"4.1.0\",\"uid\":\"u\","
                + "\"paramMap\":{\"codeSize\":"
                + value
                + "},\"defaultParamMap\":{}}")
        .setParams(stage);
    return stage;
  }

  @Test
  void wholeNumberIsSet() {
    assertThat(withCodeSize("3").getCodeSize()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4294967299", "3.7", "\"3\"", "null", "[3]", "0"})
  void whatIsNoWholeNumberOfItsRangeIsRefused(String value) {
    assertThatThrownBy(() -> withCodeSize(value))
        .isInstanceOf(SavedStageException.class)
        .hasMessageStartingWith("out/stage has ");
  }
}
