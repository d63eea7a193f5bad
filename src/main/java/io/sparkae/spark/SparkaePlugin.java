package io.sparkae.spark;

import io.sparkae.core.linalg.Blas;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Loads OpenBLAS when driver and executors start, before MLlib can ask netlib for it in vain: what
 * netlib has once failed to load, it never loads in that JVM again. Set {@code spark.plugins} to
 * this class; sparkae's own commands do.
 */
public final class SparkaePlugin implements SparkPlugin {
  /** As Spark makes it. */
  public SparkaePlugin() {}

  @Override
  public DriverPlugin driverPlugin() {
    return new DriverPlugin() {
      @Override
      public Map<String, String> init(SparkContext context, PluginContext pluginContext) {
        Blas.description();
        return Map.of();
      }
    };
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new ExecutorPlugin() {
      @Override
      public void init(PluginContext context, Map<String, String> extraConf) {
        Blas.description();
      }
    };
  }
}
