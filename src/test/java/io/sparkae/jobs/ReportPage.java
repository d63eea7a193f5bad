package io.sparkae.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a report shows. */
final class ReportPage {
  private ReportPage() {}

  /** The data in a page. */
  static JsonNode data(Path file) throws IOException {
    String html = Files.readString(file);
    String start = "id=\"data\">";
    int from = html.indexOf(start) + start.length();
    return new ObjectMapper().readTree(html.substring(from, html.indexOf("</script>", from)));
  }

  /** The first model of a page. */
  static JsonNode model(Path file) throws IOException {
    return data(file).get("models").get(0);
  }

  /** The titles of a model's pictures, in their order. */
  static List<String> titles(JsonNode model) {
    List<String> titles = new ArrayList<>();
    model.get("pictures").forEach(picture -> titles.add(picture.get("title").textValue()));
    return titles;
  }

  /** The picture of a title. */
  static JsonNode picture(JsonNode model, String title) {
    return model.get("pictures").get(titles(model).indexOf(title));
  }

  /** The points of the plane of a title. */
  static JsonNode plane(JsonNode model, String title) {
    for (JsonNode plane : model.get("planes")) {
      if (plane.get("title").textValue().equals(title)) {
        return plane;
      }
    }
    throw new AssertionError("no plane is called " + title);
  }
}
