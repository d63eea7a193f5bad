package io.sparkae.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;

/** An HDFS whose name node and data nodes are in this JVM; others reach it, too. */
final class MiniHdfs implements AutoCloseable {
  /** Clients give up at once what needs a node while there is none. */
  static final Map<String, String> IMPATIENT =
      Map.of("dfs.client.retry.window.base", "10", "ipc.client.connect.max.retries", "1");

  private final MiniDFSCluster cluster;
  private final FileSystem files;
  private final Deque<MiniDFSCluster.DataNodeProperties> stopped = new ArrayDeque<>();

  private MiniHdfs(MiniDFSCluster cluster) throws IOException {
    this.cluster = cluster;
    this.files = cluster.getFileSystem();
  }

  /** Starts it with its files in a folder. */
  static MiniHdfs start(java.nio.file.Path folder, int dataNodes) throws IOException {
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("dfs").toString());
    MiniDFSCluster cluster = new MiniDFSCluster.Builder(conf).numDataNodes(dataNodes).build();
    cluster.waitActive();
    return new MiniHdfs(cluster);
  }

  FileSystem files() {
    return files;
  }

  /** The whole name of a path. */
  String uri(String path) {
    return files.getUri() + path;
  }

  /** What is in a folder. */
  List<String> names(String path) throws IOException {
    return Arrays.stream(files.listStatus(new Path(path)))
        .map(FileStatus::getPath)
        .map(Path::getName)
        .sorted()
        .toList();
  }

  /**
   * Lets a folder, which is made if it is not there, take so many bytes. A file takes a whole block
   * of them while it is written, and its own length thereafter.
   */
  void limit(String path, long bytes) throws IOException {
    files.mkdirs(new Path(path));
    ((DistributedFileSystem) files).setQuota(new Path(path), HdfsConstants.QUOTA_DONT_SET, bytes);
  }

  /** The number of the newest checkpoint in a folder, 0 if there is none. */
  int newestCheckpoint(String path) {
    try {
      return Newest.of(names(path).stream());
    } catch (IOException notYet) {
      return 0;
    }
  }

  /** Takes a data node away. */
  void stopDataNode() {
    stopped.add(cluster.stopDataNode(0));
  }

  /** Takes the name node away: no path is known any more. */
  void stopNameNode() {
    cluster.shutdownNameNode(0);
  }

  /** Brings back what was taken away. */
  void restart() throws IOException {
    if (!cluster.isNameNodeUp(0)) {
      cluster.restartNameNode(0, false);
    }
    while (!stopped.isEmpty()) {
      assertThat(cluster.restartDataNode(stopped.remove(), true)).isTrue();
    }
    cluster.waitActive();
  }

  @Override
  public void close() throws IOException {
    files.close(); // it is cached by its address
    cluster.shutdown(true);
  }
}
