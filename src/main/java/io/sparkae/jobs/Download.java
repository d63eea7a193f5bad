package io.sparkae.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Keeps files of known contents in a folder, fetching those that are not there yet: from the first
 * mirror that has them, and only if their checksum is right. Files appear whole or not at all.
 */
final class Download {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration FILE = Duration.ofMinutes(3);

  private final Path folder;
  private final List<URI> mirrors;
  private final Map<String, String> checksums;

  /**
   * A download; nothing happens yet.
   *
   * @param folder where the files are kept, made when it is needed
   * @param mirrors folders of servers, ending in a slash, tried in this order
   * @param checksums SHA-256 in hexadecimal of each file
   */
  Download(Path folder, List<URI> mirrors, Map<String, String> checksums) {
    this.folder = folder;
    this.mirrors = List.copyOf(mirrors);
    this.checksums = Map.copyOf(checksums);
  }

  /** The folder where the files are kept. */
  Path folder() {
    return folder;
  }

  /** Whether all files are in the folder, whole. */
  boolean complete() {
    try {
      for (String name : checksums.keySet()) {
        if (!kept(name)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Fetches the files that the folder lacks.
   *
   * @param arrived told of each file when it is there
   * @throws DownloadException if one cannot be had from any mirror; the message is a few words,
   *     such as "no network"
   * @throws IOException if one cannot be kept
   */
  void fetch(Consumer<Path> arrived) throws IOException {
    Files.createDirectories(folder);
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(ProxySelector.getDefault())
            .build();
    for (String name : checksums.keySet().stream().sorted().toList()) {
      if (!kept(name)) {
        fetch(client, name);
        arrived.accept(folder.resolve(name));
      }
    }
  }

  private void fetch(HttpClient client, String name) throws IOException {
    String failure = "no network";
    for (URI mirror : mirrors) {
      try {
        fetch(client, mirror.resolve(name), name);
        return;
      } catch (ConnectException | HttpTimeoutException e) {
        // Another mirror may be within reach, and what it says tells more.
      } catch (DownloadException e) {
        failure = mirror.getHost() + ": " + e.getMessage();
      }
    }
    throw new DownloadException(failure);
  }

  private void fetch(HttpClient client, URI source, String name) throws IOException {
    Path aside = Files.createTempFile(folder, "." + name, ".part");
    try {
      copy(client, source, aside);
      if (!checksum(aside).equals(checksums.get(name))) {
        throw new DownloadException("wrong checksum of " + name);
      }
      Files.move(aside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private static void copy(HttpClient client, URI source, Path target) throws IOException {
    CompletableFuture<HttpResponse<Path>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(source).build(), HttpResponse.BodyHandlers.ofFile(target));
    try {
      int status = answer.get(FILE.toSeconds(), TimeUnit.SECONDS).statusCode();
      if (status != 200) {
        throw new DownloadException("HTTP status " + status + " for " + source.getPath());
      }
    } catch (ExecutionException e) {
      throw cause(e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new DownloadException("too slow");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new DownloadException("interrupted");
    }
  }

  private static IOException cause(ExecutionException failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof ConnectException || cause instanceof HttpTimeoutException) {
      return (IOException) cause;
    }
    return new DownloadException(Failures.line(cause));
  }

  private boolean kept(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.isRegularFile(file) && checksum(file).equals(checksums.get(name));
  }

  private static String checksum(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestOutputStream out =
            new DigestOutputStream(OutputStream.nullOutputStream(), sha256())) {
      in.transferTo(out);
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Why a file cannot be had. */
  static final class DownloadException extends IOException {
    private static final long serialVersionUID = 1L;

    DownloadException(String message) {
      super(message);
    }
  }
}
