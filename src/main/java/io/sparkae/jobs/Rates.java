package io.sparkae.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rates of the same work done over and over: least, median and greatest are told. */
final class Rates {
  private final List<Double> values = new ArrayList<>();

  /**
   * Does the work for so many seconds, until the JVM has compiled what it will, and then for as
   * many again, three times at least: those count.
   */
  static Rates of(double unitsOfWork, double seconds, Runnable work) {
    measure(unitsOfWork, seconds, 1, work);
    return measure(unitsOfWork, seconds, 3, work);
  }

  private static Rates measure(double unitsOfWork, double seconds, int times, Runnable work) {
    Rates rates = new Rates();
    double spent = 0;
    while (spent < seconds || rates.values.size() < times) {
      long start = System.nanoTime();
      work.run();
      double elapsed = (System.nanoTime() - start) / 1e9;
      spent += elapsed;
      rates.add(unitsOfWork / elapsed);
    }
    return rates;
  }

  void add(double rate) {
    values.add(rate);
  }

  double median() {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Puts the three in whole numbers: the median by the name, the others behind it. */
  void put(Map<String, Object> result, String name) {
    result.put(name, Math.rint(median()));
    result.put(name + "Least", Math.rint(values.stream().mapToDouble(v -> v).min().orElseThrow()));
    result.put(
        name + "Greatest", Math.rint(values.stream().mapToDouble(v -> v).max().orElseThrow()));
  }
}
