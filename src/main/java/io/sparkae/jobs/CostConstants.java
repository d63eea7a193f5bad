package io.sparkae.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkae.core.Check;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a cluster's work costs, measured on it ({@code bench --workload constants}).
 *
 * @param gflopsPerCore 10⁹ operations of matrix products a second that a core makes in training
 * @param stepSecondsPerParameter what a step costs whatever its rows: weights read, moments moved
 * @param jobSeconds a round's Spark job
 * @param taskSeconds each of its tasks
 * @param stateSecondsPerByte the driver's work on the state that it sends out
 * @param replicaSecondsPerByte the work on what a replica gets and returns, averaging included
 */
record CostConstants(
    double gflopsPerCore,
    double stepSecondsPerParameter,
    double jobSeconds,
    double taskSeconds,
    double stateSecondsPerByte,
    double replicaSecondsPerByte) {
  private static final ObjectMapper MAPPER =
      StrictJson.mapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** Of two cores of an AMD EPYC with AVX-512, each an executor of a standalone cluster. */
  static final CostConstants REFERENCE =
      new CostConstants(190, 1.2e-9, 0.035, 0.02, 0.5e-9, 2.2e-9);

  /** Checks the ranges. */
  CostConstants {
    require("gflopsPerCore", gflopsPerCore, gflopsPerCore > 0);
    require("stepSecondsPerParameter", stepSecondsPerParameter, stepSecondsPerParameter >= 0);
    require("jobSeconds", jobSeconds, jobSeconds >= 0);
    require("taskSeconds", taskSeconds, taskSeconds >= 0);
    require("stateSecondsPerByte", stateSecondsPerByte, stateSecondsPerByte >= 0);
    require("replicaSecondsPerByte", replicaSecondsPerByte, replicaSecondsPerByte >= 0);
  }

  private static void require(String name, double value, boolean holds) {
    if (!holds || !Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be a number of seconds or a rate: " + value);
    }
  }

  /** By their names, in order. */
  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("gflopsPerCore", gflopsPerCore);
    map.put("stepSecondsPerParameter", stepSecondsPerParameter);
    map.put("jobSeconds", jobSeconds);
    map.put("taskSeconds", taskSeconds);
    map.put("stateSecondsPerByte", stateSecondsPerByte);
    map.put("replicaSecondsPerByte", replicaSecondsPerByte);
    return map;
  }

  /**
   * Reads what {@code bench --workload constants --json} printed.
   *
   * @throws IllegalArgumentException saying what is missing or wrong
   */
  static CostConstants parse(String json) {
    try {
      CostConstants constants = MAPPER.readValue(json, CostConstants.class);
      if (constants == null) {
        throw new IllegalArgumentException("it is null");
      }
      return constants;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(Check.shown(e.getOriginalMessage()), e);
    }
  }
}
