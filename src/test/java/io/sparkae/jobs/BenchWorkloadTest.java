package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchWorkloadTest {
  /** 784·1000 + 1000·500 + 500·250 + 250·30 = 1,416,500 weights in each half. */
  @Test
  void theDeepNetworkCostsWhatItsLayersCost() {
    assertThat(BenchWorkload.DEEP.network(784).flopsPerTrainedRow())
        .isEqualTo(6 * 2_833_000 - 2 * 784_000);
  }
}
