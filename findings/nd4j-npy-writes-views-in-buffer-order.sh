#!/usr/bin/env bash
# Package: org.nd4j:nd4j-native 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: toNpyByteArray writes the elements as they lie in memory and says fortran_order
# False, whatever the array's strides are. A transposed matrix or any array in order f becomes
# an .npy with the right shape and other numbers; NumPy reads it without a complaint. A dup('c')
# before writing helps.
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
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
  static void show(String name, INDArray array) throws Exception {
    float[] right = array.dup('c').data().asFloat();
    byte[] npy = Nd4j.toNpyByteArray(array);
    float[] written = new float[right.length];
    // The data follow the header, to the end.
    ByteBuffer.wrap(npy, npy.length - 4 * right.length, 4 * right.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(written);
    System.out.println(
        name + ": " + Arrays.toString(right) + ", written " + Arrays.toString(written));
  }

  public static void main(String[] arguments) throws Exception {
    INDArray matrix = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}});
    show("matrix", matrix);
    show("transposed", matrix.transpose());
    show("transposed, copied", matrix.transpose().dup('c'));
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
matrix: [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], written [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
transposed: [1.0, 4.0, 2.0, 5.0, 3.0, 6.0], written [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
transposed, copied: [1.0, 4.0, 2.0, 5.0, 3.0, 6.0], written [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]
TEXT
echo "org.nd4j:nd4j-native 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: toNpyByteArray writes the elements as they lie in memory and says fortran_order
False, whatever the array's strides are. A transposed matrix or any array in order f becomes an
.npy with the right shape and other numbers; NumPy reads it without a complaint. A dup('c')
before writing helps.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
