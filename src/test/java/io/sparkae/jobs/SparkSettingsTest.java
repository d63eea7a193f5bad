package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.File;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The block of Spark's settings in conf files. */
class SparkSettingsTest {
  private static Map<String, String> of(String block) {
    return SparkSettings.of(ConfigFactory.parseString(block));
  }

  @Test
  void namesAreJoinedAndValuesAreTexts() {
    assertThat(of("executor { cores = 8, memory = 16g }, speculation = false, \"ui.port\" = 5"))
        .containsOnly(
            Map.entry("spark.executor.cores", "8"),
            Map.entry("spark.executor.memory", "16g"),
            Map.entry("spark.speculation", "false"),
            Map.entry("spark.ui.port", "5"));
  }

  @Test
  void whatComesTooLateIsRefusedWithTheOptionThatServes() {
    assertThatThrownBy(() -> of("driver.memory = 8g"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "spark.driver.memory in a conf file comes too late: give --driver-memory on the command"
                + " line");
    assertThatThrownBy(() -> of("master = yarn")).hasMessageContaining("give --master");
  }

  @Test
  void listsAreRefused() {
    assertThatThrownBy(() -> of("executor.cores = [1, 2]"))
        .hasMessage("spark.executor.cores must be a value, not a list");
  }

  @Test
  void clusterConfIsTaken() {
    assertThat(
            SparkSettings.of(
                ConfigFactory.parseFile(new File("conf/cluster.conf")).getConfig("spark")))
        .containsEntry("spark.executor.cores", "8");
  }
}
