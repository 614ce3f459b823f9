#!/usr/bin/env bash
# Package: org.nd4j:nd4j-native 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: createFromNpzFile reads what numpy.savez writes (stored entries) but not what
# numpy.savez_compressed writes, which is how most data sets are published: for deflated entries
# it throws "Unsupported data type", a message about something else.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >pom.xml <<'XML'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.nd4j</groupId>
      <artifactId>nd4j-native-platform</artifactId>
      <version>1.0.0-M2.1</version>
    </dependency>
  </dependencies>
</project>
XML
case $(uname -s)-$(uname -m) in
  Darwin-arm64) platform=macosx-arm64 ;;
  Darwin-*) platform=macosx-x86_64 ;;
  *-aarch64) platform=linux-arm64 ;;
  *) platform=linux-x86_64 ;;
esac
mvn -q -B -ntp -Djavacpp.platform=$platform \
  org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies -DoutputDirectory=lib >log || {
  cat log
  exit 1
}

cat >Finding.java <<'JAVA'
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
  static byte[] npy(boolean fortranOrder, float... data) {
    String header =
        "{'descr': '<f4', 'fortran_order': %s, 'shape': (2, 3), }"
            .formatted(fortranOrder ? "True" : "False");
    header += " ".repeat(128 - 11 - header.length()) + "\n";
    ByteBuffer file = ByteBuffer.allocate(128 + 4 * data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes()).put((byte) 1).put((byte) 0);
    file.putShort((short) header.length()).put(header.getBytes());
    for (float value : data) {
      file.putFloat(value);
    }
    return file.array();
  }

  public static void main(String[] arguments) throws Exception {
    byte[] array = npy(false, 1, 2, 3, 4, 5, 6);
    for (int method : new int[] {ZipEntry.STORED, ZipEntry.DEFLATED}) {
      Path file = Path.of(method == ZipEntry.STORED ? "stored.npz" : "deflated.npz");
      try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
        ZipEntry entry = new ZipEntry("x.npy");
        CRC32 checksum = new CRC32();
        checksum.update(array);
        entry.setMethod(method);
        entry.setSize(array.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(array);
      }
      String result;
      try {
        result = Nd4j.createFromNpzFile(file.toFile()).get("x").sumNumber().toString();
      } catch (Exception e) {
        result = e.getMessage().replaceAll("[^A-Za-z ].*", "");
      }
      System.out.println(file + ": " + result);
    }
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
stored.npz: 21.0
deflated.npz: Unsupported data type
TEXT
echo "org.nd4j:nd4j-native 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: createFromNpzFile reads what numpy.savez writes (stored entries) but not what
numpy.savez_compressed writes, which is how most data sets are published: for deflated entries
it throws "Unsupported data type", a message about something else.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
