package io.sparkae.core.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures what the BLAS of this JVM can do: the ceiling that training is held against. */
public final class SgemmRate {
  private static final int ORDER = 1024;
  private static final double GFLOP_PER_PRODUCT = 2.0 * ORDER * ORDER * ORDER / 1e9;

  private SgemmRate() {}

  /**
   * The rate of 1024×1024×1024 products, one independent stream of them per thread.
   *
   * @param threads streams that run at the same time
   * @param seconds length of the measurement, after a short warm-up
   * @return GFLOP/s of all threads together
   */
  public static double measure(int threads, double seconds) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      run(pool, threads, Math.min(0.2, seconds));
      return run(pool, threads, seconds);
    } finally {
      pool.shutdown();
    }
  }

  private static double run(ExecutorService pool, int threads, double seconds) {
    List<Callable<Double>> streams = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      streams.add(() -> stream(seconds));
    }
    try {
      double total = 0;
      for (Future<Double> rate : pool.invokeAll(streams)) {
        total += rate.get();
      }
      return total;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the sgemm measurement was interrupted", interrupted);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the sgemm measurement failed", failed.getCause());
    }
  }

  private static double stream(double seconds) {
    float[] a = new float[ORDER * ORDER];
    float[] b = new float[ORDER * ORDER];
    float[] c = new float[ORDER * ORDER];
    for (int i = 0; i < a.length; i++) {
      a[i] = (i % 17) / 17f;
      b[i] = (i % 13) / 13f;
    }
    long start = System.nanoTime();
    long products = 0;
    double elapsed;
    do {
      Blas.multiply(false, false, ORDER, ORDER, ORDER, a, 0, ORDER, b, 0, ORDER, 0f, c, 0, ORDER);
      products++;
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (elapsed < seconds);
    return products * GFLOP_PER_PRODUCT / elapsed;
  }
}
