#!/usr/bin/env bash
# Package: org.deeplearning4j:deeplearning4j-nn 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: a network that is configured with seed 0 starts with other weights each time, since
# 0 is taken for "no seed". Every other seed, negative ones too, gives the same weights. A sweep
# over the seeds 0, 1, 2 has one run that cannot be repeated.
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
    <dependency>
      <groupId>org.deeplearning4j</groupId>
      <artifactId>deeplearning4j-nn</artifactId>
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
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

public class Finding {
  static INDArray weights(long seed) {
    var network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .list()
                .layer(new OutputLayer.Builder().nIn(784).nOut(10).build())
                .build());
    network.init();
    return network.params();
  }

  public static void main(String[] arguments) throws Exception {
    for (long seed : new long[] {0, 1, -1}) {
      boolean same = weights(seed).equalsWithEps(weights(seed), 0);
      System.out.println("seed " + seed + ": two networks have the same weights: " + same);
    }
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
seed 0: two networks have the same weights: false
seed 1: two networks have the same weights: true
seed -1: two networks have the same weights: true
TEXT
echo "org.deeplearning4j:deeplearning4j-nn 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: a network that is configured with seed 0 starts with other weights each time, since 0
is taken for "no seed". Every other seed, negative ones too, gives the same weights. A sweep
over the seeds 0, 1, 2 has one run that cannot be repeated.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
