#!/usr/bin/env bash
# Packages: io.jhdf:jhdf 0.13.0, from Maven; jsfive 0.4.2 and h5wasm 0.10.3, from npm. Needs a JDK
# (17 or newer), Maven (3.8 or newer) and Node.js (18 or newer) with npm.
# Behaviour: jHDF writes a text attribute, such as the model_config of a Keras file, with a NUL at
# its end that counts as part of its size. libhdf5 (h5wasm, h5py) takes it off; jsfive, the reader in
# plain JavaScript, leaves it in the text, so that JSON.parse refuses it. jHDF has no setting for it.
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
      <groupId>io.jhdf</groupId>
      <artifactId>jhdf</artifactId>
      <version>0.13.0</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -q -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies \
  -DoutputDirectory=lib >log || {
  cat log
  exit 1
}
npm install --silent --no-audit --no-fund jsfive@0.4.2 h5wasm@0.10.3

cat >Finding.java <<'JAVA'
import io.jhdf.HdfFile;
import java.nio.file.Path;

public class Finding {
  public static void main(String[] arguments) {
    try (var file = HdfFile.write(Path.of("model.h5"))) {
      file.putAttribute("model_config", "{\"units\": 10}");
      file.putDataset("kernel", new float[] {1, 2});
    }
  }
}
JAVA
cat >finding.mjs <<'JS'
import fs from 'node:fs';
import * as jsfive from 'jsfive';
import h5wasm from 'h5wasm/node';

const parses = (text) => {
  try {
    return JSON.parse(text).units === 10;
  } catch {
    return false;
  }
};
const bytes = fs.readFileSync('model.h5');
const plain = new jsfive.File(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
await h5wasm.ready;
const compiled = new h5wasm.File('model.h5', 'r');
for (const [name, text] of [
  ['jsfive', plain.attrs.model_config],
  ['h5wasm', compiled.attrs.model_config.value],
]) {
  console.log(`${name}: ${JSON.stringify(text)}, JSON.parse reads it: ${parses(text)}`);
}
JS
{ java -cp 'lib/*' Finding.java && node finding.mjs >seen; } 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
jsfive: "{\"units\": 10}\u0000", JSON.parse reads it: false
h5wasm: "{\"units\": 10}", JSON.parse reads it: true
TEXT
echo "io.jhdf:jhdf 0.13.0, jsfive 0.4.2, h5wasm 0.10.3"
echo "A text attribute that jHDF writes ends in a NUL, which jsfive leaves in the text."
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
