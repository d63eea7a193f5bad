package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  /** What sha256sum says of "abc" (FIPS 180-2, appendix B.1) and of the empty file. */
  private static final Map<String, String> CHECKSUMS =
      Map.of(
          "abc.gz", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
          "empty.gz", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

  @TempDir private Path folder;
  private HttpServer server;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  /** A mirror in each folder: what becomes of a request for abc.gz there. */
  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mirror("good", exchange -> answer(exchange, 200, 3, "abc"));
    mirror("wrong", exchange -> answer(exchange, 200, 3, "abd"));
    mirror("none", exchange -> answer(exchange, 404, 3, "abc"));
    mirror("truncated", exchange -> answer(exchange, 200, 3, "ab"));
    mirror("shorter", exchange -> answer(exchange, 200, 2, "ab"));
    mirror(
        "moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/good/abc.gz");
          answer(exchange, 302, -1, "");
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  /** What a server does with a request. */
  private interface Handling {
    void handle(HttpExchange exchange) throws IOException;
  }

  private void mirror(String name, Handling abc) {
    server.createContext(
        "/" + name + "/",
        exchange -> {
          try (exchange) {
            requests.add(exchange.getRequestURI().getPath());
            if (exchange.getRequestURI().getPath().endsWith("/empty.gz")) {
              exchange.sendResponseHeaders(200, -1);
            } else {
              abc.handle(exchange);
            }
          }
        });
  }

  private static void answer(HttpExchange exchange, int status, long length, String body)
      throws IOException {
    exchange.sendResponseHeaders(status, length);
    if (length >= 0) {
      exchange.getResponseBody().write(body.getBytes(StandardCharsets.US_ASCII));
      exchange.getResponseBody().flush();
    }
  }

  private URI uri(String mirror) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + mirror + "/");
  }

  private Download download(String... mirrors) {
    return new Download(
        folder.resolve("cache"), Arrays.stream(mirrors).map(this::uri).toList(), CHECKSUMS);
  }

  private void assertWhole() throws IOException {
    try (var files = Files.list(folder.resolve("cache"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("abc.gz", "empty.gz");
    }
    assertThat(folder.resolve("cache/abc.gz")).hasContent("abc");
  }

  @Test
  void filesAreFetchedOnceAndThenKept() throws IOException {
    Download download = download("good");
    assertThat(download.complete()).isFalse();
    List<Path> arrived = new ArrayList<>();
    download.fetch(arrived::add);
    assertWhole();
    assertThat(download.complete()).isTrue();
    assertThat(requests).containsExactly("/good/abc.gz", "/good/empty.gz");
    assertThat(arrived)
        .containsExactly(folder.resolve("cache/abc.gz"), folder.resolve("cache/empty.gz"));
    download("good").fetch(arrived::add);
    assertThat(requests).hasSize(2);
    assertThat(arrived).hasSize(2);
  }

  @Test
  void aFileThatWasDamagedIsFetchedAgain() throws IOException {
    download("good").fetch(file -> {});
    Files.writeString(folder.resolve("cache/abc.gz"), "ab");
    assertThat(download("good").complete()).isFalse();
    download("good").fetch(file -> {});
    assertWhole();
    assertThat(requests).containsExactly("/good/abc.gz", "/good/empty.gz", "/good/abc.gz");
  }

  @Test
  void theNextMirrorServesWhatOneLacksOrSpoils() throws IOException {
    for (String bad : List.of("wrong", "none", "truncated", "shorter")) {
      requests.clear();
      download(bad, "good").fetch(file -> {});
      assertWhole();
      assertThat(requests).startsWith("/" + bad + "/abc.gz", "/good/abc.gz");
      Files.delete(folder.resolve("cache/abc.gz"));
      Files.delete(folder.resolve("cache/empty.gz"));
    }
  }

  @Test
  void aMirrorMayPointElsewhere() throws IOException {
    download("moved").fetch(file -> {});
    assertWhole();
  }

  @Test
  void withoutAGoodMirrorNothingIsKeptAndTheLastAnswerIsTold() throws IOException {
    for (Map.Entry<String, String> bad :
        Map.of(
                "wrong", "127.0.0.1: wrong checksum of abc.gz",
                "shorter", "127.0.0.1: wrong checksum of abc.gz",
                "none", "127.0.0.1: HTTP status 404 for /none/abc.gz",
                "truncated", "127.0.0.1: ")
            .entrySet()) {
      assertThatThrownBy(() -> download(bad.getKey()).fetch(file -> {}))
          .isInstanceOf(Download.DownloadException.class)
          .hasMessageStartingWith(bad.getValue());
      try (var files = Files.list(folder.resolve("cache"))) {
        assertThat(files).as(bad.getKey()).isEmpty();
      }
    }
  }

  @Test
  void aMirrorOutOfReachIsNoNetworkUnlessAnotherAnswers() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    URI unreachable = URI.create("http://127.0.0.1:" + closed + "/");
    Path cache = folder.resolve("cache");
    assertThatThrownBy(() -> new Download(cache, List.of(unreachable), CHECKSUMS).fetch(file -> {}))
        .hasMessage("no network");
    for (List<URI> mirrors :
        List.of(List.of(unreachable, uri("none")), List.of(uri("none"), unreachable))) {
      assertThatThrownBy(() -> new Download(cache, mirrors, CHECKSUMS).fetch(file -> {}))
          .hasMessageContaining("HTTP status 404");
    }
    new Download(cache, List.of(unreachable, uri("good")), CHECKSUMS).fetch(file -> {});
    assertWhole();
  }

  @Test
  void aFolderThatCannotBeMadeIsToldOf() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file");
    assertThatThrownBy(() -> download("good").fetch(file -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder.resolve("cache").toString());
    assertThat(requests).isEmpty();
  }

  @Test
  void mnistIsKeptInTheCacheFolderOfTheUser() {
    assertThat(Mnist.download(Map.of(), "/home/ada").folder())
        .isEqualTo(Path.of("/home/ada/.cache/sparkae/mnist"));
    assertThat(Mnist.download(Map.of("XDG_CACHE_HOME", "/caches"), "/home/ada").folder())
        .isEqualTo(Path.of("/caches/sparkae/mnist"));
    assertThat(Mnist.download(Map.of("XDG_CACHE_HOME", "here"), "/home/ada").folder())
        .isEqualTo(Path.of("/home/ada/.cache/sparkae/mnist"));
  }
}
