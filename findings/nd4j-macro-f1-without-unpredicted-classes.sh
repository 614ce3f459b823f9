#!/usr/bin/env bash
# Package: org.nd4j:nd4j-native 1.0.0-M2.1, from Maven; needs a JDK (17 or newer) and Maven (3.8 or newer).
# Behaviour: the macro averages of precision and F1 leave out a class that was never predicted,
# while that of recall counts it with 0. A model that ignores one of three classes has F1 0.80
# beside precision 0.67 and recall 0.67; with the class counted as 0 (scikit-learn's default) it
# is F1 0.53 and precision 0.44.
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

public class Finding {
  public static void main(String[] arguments) throws Exception {
    Evaluation evaluation = new Evaluation(3);
    int[] actual = {0, 0, 1, 1, 2, 2};
    int[] predicted = {0, 0, 1, 1, 0, 1}; // never 2
    for (int i = 0; i < actual.length; i++) {
      evaluation.eval(predicted[i], actual[i]);
    }
    System.out.printf(
        "precision %.2f, recall %.2f, F1 %.2f%n",
        evaluation.precision(), evaluation.recall(), evaluation.f1());
    double f1 = (evaluation.f1(0) + evaluation.f1(1) + evaluation.f1(2)) / 3;
    System.out.printf("mean of the three F1: %.2f%n", f1);
  }
}
JAVA
OMP_NUM_THREADS=1 java -cp 'lib/*' Finding.java >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
precision 0.67, recall 0.67, F1 0.80
mean of the three F1: 0.53
TEXT
echo "org.nd4j:nd4j-native 1.0.0-M2.1"
cat <<'TEXT'
Behaviour: the macro averages of precision and F1 leave out a class that was never predicted,
while that of recall counts it with 0. A model that ignores one of three classes has F1 0.80
beside precision 0.67 and recall 0.67; with the class counted as 0 (scikit-learn's default) it
is F1 0.53 and precision 0.44.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
