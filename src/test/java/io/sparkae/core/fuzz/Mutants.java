package io.sparkae.core.fuzz;

import io.sparkae.core.Seed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Changed copies of good inputs: one to four changes each, of bytes or of text. jqwik looks for the
 * fewest that still fail.
 */
public final class Mutants {
  private static final long SEED = Seed.of("mutants");
  private static final int MOST_CHANGES = 4;
  private static final int LONGEST_PIECE = 40;
  private static final int MOST_COPIES = 400;

  private static final int[] NUMBERS = {
    0,
    1,
    2,
    -1,
    -2,
    127,
    128,
    255,
    256,
    0x7fff,
    0x8000,
    0xffff,
    0x10000,
    0x7fffffff,
    0x80000000,
    0x01000000,
    0x00ffffff,
    0x40000000,
    0x04000000,
    0x7ffffff8
  };

  private static final Pattern WORD = Pattern.compile("[\\w.+-]+");

  private static final List<String> WORDS =
      List.of(
          ("0 1 -1 -0 2 1.5 1e5 1e-9 1e999 -1e999 4.9e-324 1e-400 NaN Infinity -Infinity nan inf null"
                  + " true false 2147483647 2147483648 -2147483648 4294967296 9223372036854775807"
                  + " 9223372036854775808 -9223372036854775809 1f 1d 0x10 0x1p3 007 +1 1. .5 . - e 1e"
                  + " 99999999999999999999999999 [] {} \"\" ,")
              .split(" "));

  private static final String CHARACTERS =
      " \t\r\n\f\0\u0001\u001b\u007f\u0085\u00a0\u0660\u2028\u2003\ufeff\ufffd\ud800:;,#\"'\\/{}[]()=$+-.%&?*|<>~^`@aA0é";

  private Mutants() {}

  /** Changed copies of files. */
  public static Arbitrary<byte[]> of(List<byte[]> originals) {
    return changed(originals, (bytes, random) -> change(bytes, originals, random));
  }

  /** Changed copies of texts. */
  public static Arbitrary<String> ofTexts(List<String> originals) {
    return changed(originals, (text, random) -> change(text, originals, random));
  }

  private static <T> Arbitrary<T> changed(List<T> originals, BiFunction<T, Random, T> change) {
    return Combinators.combine(
            Arbitraries.integers().between(0, originals.size() - 1),
            Arbitraries.integers().list().ofMinSize(1).ofMaxSize(MOST_CHANGES))
        .as(
            (which, changes) -> {
              T result = originals.get(which);
              for (int one : changes) {
                result = change.apply(result, random(one));
              }
              return result;
            })
        .filter(result -> originals.stream().noneMatch(whole -> Objects.deepEquals(result, whole)));
  }

  /** What a change is drawn by. */
  public static Random random(int change) {
    return new Random(SEED * 0x9E3779B97F4A7C15L + change);
  }

  /** One change of a file. */
  public static byte[] change(byte[] bytes, List<byte[]> originals, Random random) {
    if (bytes.length == 0) {
      return originals.get(random.nextInt(originals.size()));
    }
    byte[] copy = bytes.clone();
    int at = random.nextInt(copy.length);
    int end = Math.min(copy.length, at + 1 + random.nextInt(LONGEST_PIECE));
    byte[] piece = Arrays.copyOfRange(copy, at, end);
    switch (random.nextInt(9)) {
      case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy[at] = (byte) NUMBERS[random.nextInt(NUMBERS.length)];
      case 2, 3 -> putNumber(copy, random);
      case 4 -> putPiece(copy, piece, random);
      case 5 -> {
        return Arrays.copyOf(copy, at);
      }
      case 6 -> {
        return joined(copy, at, new byte[0], end);
      }
      case 7 -> {
        return joined(copy, end, piece, end);
      }
      default -> {
        byte[] other = originals.get(random.nextInt(originals.size()));
        int from = random.nextInt(other.length + 1);
        int to = random.nextInt(copy.length + 1);
        return joined(copy, to, Arrays.copyOfRange(other, from, other.length), copy.length);
      }
    }
    return copy;
  }

  /** A piece from elsewhere, or one of any bytes. */
  private static void putPiece(byte[] bytes, byte[] piece, Random random) {
    if (random.nextBoolean()) {
      random.nextBytes(piece);
    }
    int to = random.nextInt(bytes.length - piece.length + 1);
    System.arraycopy(piece, 0, bytes, to, piece.length);
  }

  /** A number at a place among the first ones, where headers are, or anywhere. */
  private static void putNumber(byte[] bytes, Random random) {
    if (bytes.length < Integer.BYTES) {
      return;
    }
    int reach = random.nextBoolean() ? Math.min(bytes.length, 64) : bytes.length;
    int at = random.nextInt(Math.max(1, reach - Integer.BYTES + 1));
    int value =
        random.nextBoolean() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextInt(70_000);
    ByteBuffer.wrap(bytes)
        .order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
        .putInt(at, value);
  }

  private static byte[] joined(byte[] bytes, int head, byte[] piece, int tail) {
    byte[] result = Arrays.copyOf(bytes, head + piece.length + bytes.length - tail);
    System.arraycopy(piece, 0, result, head, piece.length);
    System.arraycopy(bytes, tail, result, head + piece.length, bytes.length - tail);
    return result;
  }

  /** One change of a text. */
  public static String change(String text, List<String> originals, Random random) {
    if (text.isEmpty()) {
      return originals.get(random.nextInt(originals.size()));
    }
    int at = random.nextInt(text.length());
    int end = Math.min(text.length(), at + 1 + random.nextInt(LONGEST_PIECE));
    String piece = text.substring(at, end);
    String head = text.substring(0, at);
    String tail = text.substring(end);
    switch (random.nextInt(9)) {
      case 0, 1, 2:
        return otherWord(text, random);
      case 3:
        return head + CHARACTERS.charAt(random.nextInt(CHARACTERS.length())) + text.substring(at);
      case 4:
        return head + tail;
      case 5:
        return head;
      case 6:
        return head + piece.repeat(random.nextInt(10) == 0 ? MOST_COPIES : 2) + tail;
      case 7:
        String one = text.substring(at, at + 1);
        return head + one.repeat(random.nextInt(10) == 0 ? 10 * MOST_COPIES : 3) + tail;
      default:
        String other = originals.get(random.nextInt(originals.size()));
        return head + other.substring(random.nextInt(other.length() + 1)) + tail;
    }
  }

  /** A word or a number in place of another, of these or from elsewhere in the text. */
  private static String otherWord(String text, Random random) {
    List<MatchResult> words = WORD.matcher(text).results().toList();
    List<String> others = new ArrayList<>(WORDS);
    if (words.isEmpty()) {
      return text + others.get(random.nextInt(others.size()));
    }
    MatchResult word = words.get(random.nextInt(words.size()));
    String other =
        random.nextInt(3) == 0
            ? words.get(random.nextInt(words.size())).group()
            : others.get(random.nextInt(others.size()));
    return text.substring(0, word.start()) + other + text.substring(word.end());
  }
}
