package io.mnist4j.model.export;

import io.mnist4j.data.npy.NpyHeaderWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The numbers of a network alone. Weights of a dense layer are {@code [inputs, units]}, of a
 * convolution {@code [filters, channels, rows, columns]}.
 */
final class WeightFiles {
  private static final int DIMENSIONS = 4;

  private WeightFiles() {}

  /** Name, such as {@code dense.weights} → array, from the input on. */
  static Map<String, INDArray> arrays(Plan plan) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    for (ExportStep step : plan.steps()) {
      step.weights().forEach((name, values) -> arrays.put(step.name() + "." + name, values));
    }
    return arrays;
  }

  /** A line for each number: array, its indices from 0, and the shortest text that means it. */
  static void writeCsv(Path file, Plan plan) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("array,i,j,k,l,value\n");
      for (Map.Entry<String, INDArray> array : arrays(plan).entrySet()) {
        long[] shape = array.getValue().shape();
        float[] values = inRowOrder(array.getValue());
        for (int n = 0; n < values.length; n++) {
          long[] indices = new long[shape.length];
          long rest = n;
          for (int d = shape.length - 1; d >= 0; d--) {
            indices[d] = rest % shape[d];
            rest /= shape[d];
          }
          String columns =
              Arrays.stream(indices).mapToObj(String::valueOf).collect(Collectors.joining(","));
          String empty = ",".repeat(DIMENSIONS - shape.length);
          out.write(array.getKey() + "," + columns + empty + "," + values[n] + "\n");
        }
      }
    }
  }

  /** As NumPy's {@code savez}: a zip of arrays. */
  static void writeNpz(Path file, Plan plan) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (Map.Entry<String, INDArray> array : arrays(plan).entrySet()) {
        byte[] content = npy(array.getValue());
        ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
      }
    }
  }

  /** A header, and the numbers in row order. */
  private static byte[] npy(INDArray array) {
    String shape =
        Arrays.stream(array.shape()).mapToObj(size -> size + ",").collect(Collectors.joining(" "));
    byte[] header = NpyHeaderWriter.bytes("<f4", shape);
    float[] values = inRowOrder(array);
    ByteBuffer bytes =
        ByteBuffer.allocate(header.length + values.length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(header);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static float[] inRowOrder(INDArray values) {
    return values.dup('c').data().asFloat();
  }
}
