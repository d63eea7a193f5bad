package io.sparkae.core.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.Serializable;
import java.util.Arrays;

/**
 * The only caller of netlib: row-major single-precision matrix products on the best BLAS that
 * loads.
 *
 * <p>The native implementation is OpenBLAS from its Maven artifact (see {@link OpenBlas}); where it
 * cannot be loaded, netlib's pure Java one serves and {@link #description()} keeps the reason.
 */
public final class Blas {
  /**
   * Which BLAS this JVM uses.
   *
   * @param implementation simple class name of netlib's implementation, {@code JNIBLAS} when native
   * @param library path of the native library, empty without one
   * @param coreType kernels that OpenBLAS chose for this processor, empty without a native library
   * @param failure why the native library is not used, empty when it is
   */
  public record Description(String implementation, String library, String coreType, String failure)
      implements Serializable {
    /** {@return whether the native library serves} */
    public boolean isNative() {
      return failure.isEmpty();
    }
  }

  private static final class Holder {
    static final Description DESCRIPTION;
    static final BLAS BLAS;

    static {
      OpenBlas.Attempt attempt = OpenBlas.load();
      String failure = attempt.failure();
      BLAS blas = null;
      if (failure.isEmpty()) {
        try {
          blas = NativeBLAS.getInstance();
        } catch (
            Throwable unloadable) { // netlib throws RuntimeException, then NoClassDefFoundError
          failure =
              "netlib refused "
                  + attempt.library()
                  + " (it may have been asked before sparkae set the path): "
                  + unloadable;
        }
      }
      if (blas == null) {
        blas = JavaBLAS.getInstance();
      }
      boolean isNative = failure.isEmpty();
      BLAS = blas;
      DESCRIPTION =
          new Description(
              blas.getClass().getSimpleName(),
              isNative ? attempt.library() : "",
              isNative ? OpenBlas.coreType() : "",
              failure);
    }
  }

  /**
   * Elements from which on {@link #addScaled} repays a call into native code: Java's loop over two
   * places, which is not vectorised, takes as long for 100 of them, and three times as long for
   * 500.
   */
  private static final int LEAST_NATIVE_RUN = 100;

  private Blas() {}

  /**
   * Loads the BLAS if need be and says which one it is.
   *
   * @return the same in every call
   */
  public static Description description() {
    return Holder.DESCRIPTION;
  }

  /**
   * C = op(A)·op(B) + beta·C on row-major matrices, where op transposes when asked to.
   *
   * @param transposeA whether op transposes A
   * @param transposeB whether op transposes B
   * @param rows rows of C
   * @param columns columns of C
   * @param inner columns of op(A), rows of op(B)
   * @param a holds A
   * @param offsetA index of A's first element
   * @param strideA distance between the stored rows of A
   * @param b holds B
   * @param offsetB index of B's first element
   * @param strideB distance between the stored rows of B
   * @param beta factor on what C holds before; 0 overwrites it, whatever it is
   * @param c holds C
   * @param offsetC index of C's first element
   * @param strideC distance between the stored rows of C
   */
  public static void multiply(
      boolean transposeA,
      boolean transposeB,
      int rows,
      int columns,
      int inner,
      float[] a,
      int offsetA,
      int strideA,
      float[] b,
      int offsetB,
      int strideB,
      float beta,
      float[] c,
      int offsetC,
      int strideC) {
    if (rows == 0 || columns == 0) {
      return;
    }
    if (inner == 0) { // which netlib refuses
      for (int row = 0; row < rows; row++) {
        scale(beta, c, offsetC + row * strideC, columns);
      }
      return;
    }
    // A row-major product is the column-major product of the transposes in the other order.
    Holder.BLAS.sgemm(
        transposeB ? "T" : "N",
        transposeA ? "T" : "N",
        columns,
        rows,
        inner,
        1f,
        b,
        offsetB,
        strideB,
        a,
        offsetA,
        strideA,
        beta,
        c,
        offsetC,
        strideC);
  }

  /**
   * target = target + factor·source, from places of their own on.
   *
   * @param target changed
   * @param targetOffset index of its first element
   * @param factor factor on the source
   * @param source added to the target
   * @param sourceOffset index of its first element
   * @param length elements
   */
  public static void addScaled(
      float[] target,
      int targetOffset,
      float factor,
      float[] source,
      int sourceOffset,
      int length) {
    if (length < LEAST_NATIVE_RUN) {
      for (int i = 0; i < length; i++) {
        int to = targetOffset + i;
        target[to] = Math.fma(factor, source[sourceOffset + i], target[to]);
      }
    } else {
      Holder.BLAS.saxpy(length, factor, source, sourceOffset, 1, target, targetOffset, 1);
    }
  }

  /**
   * target = beta·target + the sums over the rows of a row-major matrix.
   *
   * @param rows rows of the matrix
   * @param columns columns of the matrix, elements of the target
   * @param a the matrix, from index 0
   * @param ones at least {@code rows} ones
   * @param beta factor on what the target holds before; 0 overwrites it
   * @param target holds the sums
   * @param offset index of the first sum
   */
  public static void addColumnSums(
      int rows, int columns, float[] a, float[] ones, float beta, float[] target, int offset) {
    if (rows == 0) { // where sgemv leaves the target alone, whatever beta
      scale(beta, target, offset, columns);
      return;
    }
    Holder.BLAS.sgemv("N", columns, rows, 1f, a, 0, columns, ones, 0, 1, beta, target, offset, 1);
  }

  private static void scale(float beta, float[] values, int offset, int length) {
    if (beta == 0) {
      Arrays.fill(values, offset, offset + length, 0f);
    } else {
      VectorMath.scaleInPlace(values, offset, length, beta);
    }
  }
}
