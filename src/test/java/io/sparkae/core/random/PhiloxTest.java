package io.sparkae.core.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxTest {
  /** The vectors for philox4x32-10 in the file kat_vectors of the authors' library Random123. */
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
  })
  void wordsAreThoseOfTheAuthorsLibrary(String counter, String key, String words) {
    int[] block = parse(counter);
    int[] keys = parse(key);
    Philox.apply(block, keys[0], keys[1]);
    assertThat(block).containsExactly(parse(words));
  }

  private static int[] parse(String words) {
    return Arrays.stream(words.split(" "))
        .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
        .toArray();
  }
}
