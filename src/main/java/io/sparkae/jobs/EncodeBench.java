package io.sparkae.jobs;

import io.sparkae.core.graph.ColumnSpec;
import io.sparkae.core.objective.AutoencoderNetwork;
import io.sparkae.core.objective.AutoencoderSettings;
import io.sparkae.ml.Autoencoder;
import io.sparkae.ml.EncoderProgram;
import io.sparkae.spark.HandleInvalid;
import io.sparkae.spark.InputColumn;
import io.sparkae.spark.TrainingRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Codes of packed rows by the encoder of the deep net, in memory. */
record EncodeBench() implements BenchWorkload {
  @Override
  public String name() {
    return "encode";
  }

  @Override
  public String description() {
    return "codes of packed rows by the deep net's encoder, in memory";
  }

  @Override
  public boolean isLocal() {
    return false;
  }

  @Override
  public Map<String, Object> measure(Task task) {
    Autoencoder deep = TrainingBench.deep();
    AutoencoderSettings settings = deep.autoencoderSettings();
    AutoencoderNetwork network = new AutoencoderNetwork(task.features(), settings);
    float[] parameters = network.layout().initialParameters(1);
    EncoderProgram encoder = new EncoderProgram(network, false, parameters);
    long rows = task.table().count();
    try (TrainingRows packed =
        TrainingRows.pack(task.table(), List.of(column(task)), HandleInvalid.ERROR, 0)) {
      Map<String, Object> result = new LinkedHashMap<>();
      Rates.of(rows, task.seconds(), () -> packed.encoded("the encoder", encoder).close())
          .put(result, "rowsPerSecond");
      return result;
    }
  }

  static InputColumn column(Task task) {
    return InputColumn.of(
        List.of(ColumnSpec.FEATURES), ColumnSpec.dense(ColumnSpec.FEATURES, task.features()));
  }
}
