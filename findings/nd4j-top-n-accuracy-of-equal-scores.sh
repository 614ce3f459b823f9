#!/usr/bin/env bash
# Package: org.nd4j:nd4j-native 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: top-N accuracy counts an example as right if fewer than N classes have a greater
# probability than the true one, so ties count in its favour: a network that gives all ten
# classes the same probability has top-3 accuracy 1.0 beside accuracy 0.1.
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
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.factory.Nd4j;

public class Finding {
  public static void main(String[] arguments) throws Exception {
    Evaluation evaluation = new Evaluation(null, 3);
    evaluation.eval(Nd4j.eye(10), Nd4j.valueArrayOf(new long[] {10, 10}, 0.1f));
    System.out.println("accuracy " + evaluation.accuracy());
    System.out.println("top-3 accuracy " + evaluation.topNAccuracy());
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
accuracy 0.1
top-3 accuracy 1.0
TEXT
echo "org.nd4j:nd4j-native 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: top-N accuracy counts an example as right if fewer than N classes have a greater
probability than the true one, so ties count in its favour: a network that gives all ten classes
the same probability has top-3 accuracy 1.0 beside accuracy 0.1.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
