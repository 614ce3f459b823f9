package io.mnist4j.cli.terminal;

import io.mnist4j.errors.ExitCode;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Ctrl-C and SIGTERM: the first one asks a training to stop at the end of the batch, or a server to
 * end what it has begun; the second one ends the process at once.
 *
 * <p>The JDK's only way to take a signal, {@code sun.misc.Signal}, is used by reflection: javac
 * warns about it and cannot be told not to.
 */
public final class StopSignal implements BooleanSupplier, AutoCloseable {
  private static final Map<String, ExitCode> EXIT_CODES =
      Map.of("INT", ExitCode.INTERRUPTED, "TERM", ExitCode.TERMINATED);

  private final Map<String, Object> previousHandlers = new LinkedHashMap<>();
  private volatile String received;

  public StopSignal() {
    for (String name : List.of("INT", "TERM")) {
      previousHandlers.put(name, handle(name, handler(name)));
    }
  }

  private synchronized void receive(String name) {
    if (received != null) {
      Runtime.getRuntime().halt(EXIT_CODES.get(name).value);
    }
    received = name;
    notifyAll();
  }

  /** Waits for one. */
  public synchronized void await() throws InterruptedException {
    while (received == null) {
      wait();
    }
  }

  /** Whether one has come. */
  @Override
  public boolean getAsBoolean() {
    return received != null;
  }

  /** What the process ends with after one has come: 130 or 143. */
  public int exitCode() {
    return EXIT_CODES.get(received).value;
  }

  /** Signals do again what they did before. */
  @Override
  public void close() {
    previousHandlers.forEach(StopSignal::handle);
  }

  private Object handler(String name) {
    return Proxy.newProxyInstance(
        StopSignal.class.getClassLoader(),
        new Class<?>[] {sunMisc("SignalHandler")},
        (proxy, method, arguments) -> {
          receive(name);
          return null;
        });
  }

  private static Object handle(String name, Object handler) {
    try {
      Class<?> signal = sunMisc("Signal");
      Method handle = signal.getMethod("handle", signal, sunMisc("SignalHandler"));
      return handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK does not let a program take SIG" + name, e);
    }
  }

  private static Class<?> sunMisc(String name) {
    try {
      return Class.forName("sun.misc." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("this JDK lacks the module jdk.unsupported", e);
    }
  }
}
