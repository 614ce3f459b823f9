package io.mnist4j.serve.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class SlowClientGuardTest {
  private static final byte[] REQUEST =
      "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @Test
  void aHeadThatTricklesIsCutOffAndAnIdleConnectionStays() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.addBean(new SlowClientGuard(connector, 1));
    server.start();
    try (Socket idle = connect(connector);
        Socket slow = connect(connector)) {
      idle.getOutputStream().write(REQUEST);
      assertTrue(idle.getInputStream().read() >= 0);
      long begin = System.nanoTime();
      assertTrue(isCutOff(slow));
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
      assertTrue(seconds >= 1 && seconds < 10, seconds + " s");
      assertEquals(1, connector.getConnectedEndPoints().size());
      idle.getInputStream().skipNBytes(idle.getInputStream().available());
      idle.getOutputStream().write(REQUEST);
      assertEquals('H', idle.getInputStream().read());
      assertFalse(idle.isClosed());
    } finally {
      server.stop();
    }
  }

  private static Socket connect(ServerConnector connector) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Sends a header that has no end, some bytes a second, until the server hangs up. */
  private static boolean isCutOff(Socket socket) throws Exception {
    OutputStream out = socket.getOutputStream();
    out.write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 100; i++) {
      try {
        out.write('a');
        out.flush();
      } catch (SocketException e) {
        return true;
      }
      Thread.sleep(100);
    }
    return false;
  }
}
