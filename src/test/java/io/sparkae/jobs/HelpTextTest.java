package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HelpTextTest {
  @Test
  void longDescriptionsGoOnInTheirColumn() {
    String usage = "  --rows N    " + "word ".repeat(30).strip() + "\n  -h, --help  show it";
    List<String> lines = HelpText.wrap(usage, "show it").lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines).allMatch(line -> line.length() <= HelpText.WIDTH);
    assertThat(lines.get(0)).startsWith("  --rows N    word");
    assertThat(lines.get(1)).startsWith(" ".repeat(14) + "word");
    assertThat(String.join(" ", lines).split("word", -1)).hasSize(31);
  }

  @Test
  void aWordThatFitsNoLineStaysWhole() {
    String usage = "  -a  " + "x".repeat(120) + "\n  -h  show it";
    assertThat(HelpText.wrap(usage, "show it")).isEqualTo(usage);
  }
}
