package io.sparkae.core.linalg;

import java.io.File;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** Unpacks and loads the OpenBLAS of the Maven artifact, and points netlib at it. */
final class OpenBlas {
  private static final String NATIVE_PATH_PROPERTY = "dev.ludovic.netlib.blas.nativeLibPath";

  /** Kernel sets that a dynamic x86-64 or AArch64 build of OpenBLAS may hold. */
  private static final String[] CORE_TYPES = {
    "PRESCOTT", "CORE2", "NEHALEM", "SANDYBRIDGE", "HASWELL", "SKYLAKEX", "COOPERLAKE",
    "SAPPHIRERAPIDS", "BARCELONA", "BULLDOZER", "PILEDRIVER", "STEAMROLLER", "EXCAVATOR", "ZEN",
    "ARMV8", "ARMV8SVE", "CORTEXA53", "CORTEXA55", "CORTEXA57", "CORTEXA72", "CORTEXA73",
    "FALKOR", "THUNDERX", "THUNDERX2T99", "THUNDERX3T110", "TSV110", "EMAG8180", "NEOVERSEN1",
    "NEOVERSEN2", "NEOVERSEV1", "A64FX"
  };

  /** A path without a failure, or a failure. */
  record Attempt(String library, String failure) {}

  private OpenBlas() {}

  /** Loads the library into this process, with one BLAS thread, and tells netlib where it is. */
  static Attempt load() {
    String library = "";
    try {
      // JavaCPP unpacks libopenblas under this name for its own binding. The same content under
      // another name would be a second OpenBLAS in this process, which the binding does not reach.
      String name = versioned(System.mapLibraryName("openblas_nolapack"));
      File unpacked =
          new File(Loader.load(openblas_nolapack.class)).toPath().resolveSibling(name).toFile();
      openblas_nolapack.blas_set_num_threads(1);
      if (!unpacked.isFile()) {
        return new Attempt("", "no " + name + " in " + unpacked.getParent());
      }
      library = unpacked.getPath();
      System.load(library);
      System.setProperty(NATIVE_PATH_PROPERTY, library);
      return new Attempt(library, "");
    } catch (Throwable unloadable) { // UnsatisfiedLinkError, NoClassDefFoundError, IOException
      Throwable cause = unloadable;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      return new Attempt(library, cause.toString());
    }
  }

  private static String versioned(String name) {
    if (name.endsWith(".so")) {
      return name + ".0";
    }
    return name.endsWith(".dll") ? "lib" + name : name.replace(".dylib", ".0.dylib");
  }

  /** The kernels in use: OpenBLAS keeps a pointer to the table of the chosen core. */
  static String coreType() {
    try {
      Pointer chosen = Loader.addressof("gotoblas");
      if (chosen == null) {
        return "static";
      }
      try (PointerPointer<Pointer> table = new PointerPointer<>(chosen)) {
        long address = table.get(Pointer.class, 0).address();
        for (String core : CORE_TYPES) {
          Pointer candidate = Loader.addressof("gotoblas_" + core);
          if (candidate != null && candidate.address() == address) {
            return core;
          }
        }
      }
    } catch (RuntimeException | UnsatisfiedLinkError unreadable) {
      return "unknown";
    }
    return "unknown";
  }
}
