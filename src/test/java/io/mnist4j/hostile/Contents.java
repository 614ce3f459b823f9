package io.mnist4j.hostile;

import io.mnist4j.data.npy.NpyFixture;
import io.mnist4j.data.parquet.ParquetFixture;
import io.mnist4j.model.foreign.ModelFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** What each reader is given to begin with: honest contents, and what once broke it. */
final class Contents {
  /** What fuzzing found, a zip for each reader. */
  private static final Path FOUND = Path.of("src/test/resources/fuzz");

  /** What the sweeps that come with the program have not. */
  private static final String SWEEP =
      """
      method: {grid: {steps: 3}}
      scheduler: {median: {startup-trials: 2}}
      time-limit: 2m
      objective: {metric: validation-loss, goal: minimize}
      space:
        training.optimizer.momentum: {uniform: [0.5, 0.9], when: {training.optimizer.name: momentum}}
        training.optimizer.name: [adam, momentum]
        model.layers: [[{dense: {units: 8}}], [batchnorm]]
      """;

  /** Tables of images of four pixels. */
  private static final List<String> CSV =
      List.of(
          "label,pixel0,pixel1,pixel2,pixel3\n7,0,12,255,3\n1,4,5,6,77\n",
          "id;class;a;b;c;d\r\n0;\"T \"\"shirt\"\"\";0;0.5;1;0\r\n1;dress;0;1e-3;.25;0\r\n",
          "3 0 0 1 0\n 4  1 1 0 0\n",
          "0\t200\t0\t9\t1\n0\t2\t9\t0\t2\n");

  private static final String GROUPS =
      "split,index,label,writer,group\ntest,0,7,w1,\"a, b\"\ntrain,0,1,w2,c\n";

  private static final List<String> ARFF =
      List.of(
          """
          % digits
          @RELATION mnist
          @ATTRIBUTE a real
          @attribute 'b c' integer
          @attribute "d" numeric [0,255]
          @attribute e {0,1}
          @attribute class {'T shirt',5,"6"}
          @data
          0,12,255,1,5
          % a comment
          {0 7, 2 3,4 'T shirt'}
          {}
          """);

  private static final List<String> LIBSVM =
      List.of("7 1:5 3:255 # last\n1 2:9 4:8\n", "0 0:0.5 780:1\n# x\n3\n2 1:1e-2\n");

  private static final String CHUNKED =
      """
      POST /v1/predict?scale=0..1&image=true&explain=true&segment=true HTTP/1.1
      Host: localhost
      Transfer-Encoding: chunked

      2
      [1
      1
      ]
      0

      """;

  private Contents() {}

  /** Honest ones first. */
  static List<byte[]> of(Reader reader) throws IOException {
    List<byte[]> contents = new ArrayList<>(honest(reader));
    Path found = FOUND.resolve(reader.name().toLowerCase(Locale.ROOT) + ".zip");
    if (Files.exists(found)) {
      contents.addAll(entries(found));
    }
    return contents;
  }

  /** As QMNIST's labels are. */
  private static byte[] writers() {
    return ByteBuffer.allocate(12 + 2 * 32).putInt(0x0c02).putInt(2).putInt(8).array();
  }

  private static List<byte[]> honest(Reader reader) throws IOException {
    return switch (reader) {
      case IDX ->
          List.of(
              idxImages(),
              idxLabels(),
              gzip(idxImages()),
              gzip(idxLabels()),
              idxFractions(),
              idxTable());
      case CLASS_MAP ->
          List.of(
              bytes("1 65 97\n2 66 98\n3 67 99\n"),
              bytes("index,codepoint,char\n0,U+304A,お\n1,U+304D,き\n"));
      case CSV -> tables(CSV);
      case GROUPS -> List.of(bytes(GROUPS), gzip(bytes(GROUPS)), writers());
      case ARFF -> tables(ARFF);
      case LIBSVM -> tables(LIBSVM);
      case YAML ->
          List.of(
              Files.readAllBytes(Path.of("configs/default.yaml")),
              Files.readAllBytes(Path.of("configs/lenet.yaml")));
      case SWEEP -> List.of(sweep("mlp"), sweep("asha"), bytes(SWEEP));
      case NPY ->
          List.of(
              npyImages(),
              npyLabels(),
              NpyFixture.npyOf(
                  "{'descr': '>f2', 'fortran_order': True, 'shape': (3, 2, 2)}", new byte[24]),
              NpyFixture.npyOf(NpyFixture.header("<f4", 3, 2), oneHot()),
              NpyFixture.npyOf(
                  "{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (3L, )}",
                  new byte[12]));
      case NPZ ->
          List.of(
              NpyFixture.npz(Map.of("x_train", npyImages(), "y_train", npyLabels())),
              NpyFixture.npz(Map.of("test_images", npyImages())),
              NpyFixture.zip64("x_test.npy", npyImages()));
      case PICTURE ->
          List.of(picture("png"), picture("jpg"), picture("gif"), picture("bmp"), picture("tiff"));
      case PARQUET -> ParquetFixture.honest();
      case DATASET -> datasets();
      case MODEL ->
          List.of(
              HostileZips.of(HostileModelTest.ours()),
              model("dl4j-0.9.1-cnn.zip"),
              model("keras3-cnn.keras"),
              model("torch/cnn-script.onnx"),
              model("torch/mlp-dynamo.onnx"),
              model("torch/cnn-half.safetensors"));
      case CONFIGURATION ->
          List.of(
              HostileModelTest.ours().get("configuration.json"),
              entry("dl4j-0.9.1-cnn.zip", "configuration.json"),
              entry("dl4j-1.0.0-beta3-cnn.zip", "configuration.json"));
      case PROVENANCE -> List.of(HostileModelTest.ours().get("mnist4j.json"));
      case WEIGHTS ->
          List.of(
              HostileModelTest.ours().get("coefficients.bin"),
              entry("dl4j-0.9.1-mlp.zip", "coefficients.bin"));
      case KERAS -> List.of(entry("keras3-cnn.keras", "config.json"));
      case HDF5 -> List.of(model("keras3-cnn.h5"), model("keras2-mlp.h5"), kerasWeights());
      case BODY ->
          List.of(pixels(28 * 28), bytes("[" + "[0.5],".repeat(9) + "[1]]"), picture("png"));
      case REQUEST ->
          List.of(
              request(pixels(28 * 28)),
              request(picture("png")),
              bytes("GET /v1/model HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\n\r\n"),
              bytes(CHUNKED.replace("\n", "\r\n")));
    };
  }

  /** Archives of pictures and of tables. */
  private static List<byte[]> datasets() throws IOException {
    Map<String, byte[]> pictures = new TreeMap<>();
    for (String name : List.of("0/a", "0/b", "1/c", "1/d")) {
      pictures.put("train/" + name + ".png", picture("png"));
    }
    pictures.put("classes.txt", bytes("zero\none\n"));
    Map<String, byte[]> named = new TreeMap<>();
    named.put("a.png", picture("png"));
    named.put("b.gif", picture("gif"));
    named.put("train.csv", bytes("file,label\na.png,x\nb.gif,y\n"));
    return List.of(
        HostileZips.of(pictures),
        tar(pictures),
        gzip(tar(pictures)),
        HostileZips.of(named),
        HostileZips.of(Map.of("x/train.csv", bytes(CSV.get(0)), "x/test.csv", bytes(CSV.get(0)))),
        tar(Map.of("train.svm", bytes(LIBSVM.get(0)), "labels.npy", npyLabels())));
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** A sound request for a prediction. */
  static byte[] request(byte[] body) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.write(
        bytes(
            "POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                .formatted(body.length)));
    request.write(body);
    return request.toByteArray();
  }

  private static byte[] pixels(int count) {
    return bytes("[" + "0,".repeat(count - 1) + "255]");
  }

  /** Without the file that it is based on, which lies elsewhere. */
  private static byte[] sweep(String name) throws IOException {
    String text = Files.readString(Path.of("configs/sweeps", name + ".yaml"));
    return bytes(text.replaceAll("(?m)^base: .*$", ""));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] idxImages() {
    return ByteBuffer.allocate(16 + 12)
        .putInt(0x803)
        .putInt(3)
        .putInt(2)
        .putInt(2)
        .put(new byte[] {1, 2, 3})
        .array();
  }

  /** Images as fractions of 64 bits with a channel. */
  private static byte[] idxFractions() {
    ByteBuffer file = ByteBuffer.allocate(20 + 12 * 8).putInt(0xe04);
    file.putInt(3).putInt(2).putInt(2).putInt(1);
    while (file.hasRemaining()) {
      file.putDouble(0.25);
    }
    return file.array();
  }

  /** Labels with a second column, as 32 bits. */
  private static byte[] idxTable() {
    ByteBuffer file = ByteBuffer.allocate(12 + 6 * 4).putInt(0xc02).putInt(3).putInt(2);
    for (int i = 0; i < 6; i++) {
      file.putInt(i);
    }
    return file.array();
  }

  static byte[] idxLabels() {
    return ByteBuffer.allocate(8 + 3).putInt(0x801).putInt(3).put(new byte[] {1, 2, 3}).array();
  }

  static byte[] npyImages() {
    return NpyFixture.bytes(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 3, 2, 2);
  }

  static byte[] npyLabels() {
    return NpyFixture.bytes(new byte[] {1, 2, 3}, 3);
  }

  private static byte[] oneHot() {
    return ByteBuffer.allocate(24)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(1)
        .putFloat(4, 0)
        .putFloat(12, 1)
        .putFloat(16, 1)
        .array();
  }

  static byte[] kerasWeights() {
    try {
      return entry("keras3-cnn.keras", "model.weights.h5");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Plain, and packed. */
  private static List<byte[]> tables(List<String> texts) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (String text : texts) {
      contents.add(bytes(text));
    }
    contents.add(gzip(bytes(texts.get(0))));
    contents.add(bzip2(bytes(texts.get(0))));
    return contents;
  }

  private static byte[] bzip2(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] picture(String format) throws IOException {
    BufferedImage image = new BufferedImage(12, 9, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 4, 0xff8000);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  private static byte[] model(String name) throws IOException {
    return Files.readAllBytes(ModelFiles.file(name));
  }

  private static byte[] entry(String model, String name) throws IOException {
    try (ZipFile zip = new ZipFile(ModelFiles.file(model).toFile());
        InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return in.readAllBytes();
    }
  }

  private static List<byte[]> entries(Path file) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    try (ZipInputStream zip =
        new ZipInputStream(Files.newInputStream(file), StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        contents.add(zip.readAllBytes());
      }
    }
    return contents;
  }
}
