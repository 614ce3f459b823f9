#!/usr/bin/env bash
# Package: @tensorflow/tfjs 4.22.0, from npm; needs Node.js (18 or newer) with npm.
# Behaviour: tf.train.adadelta divides by the mean squares of the gradients from before the
# step, which are 0 at the start like those of the steps, so that both cancel: under a steady
# gradient each step is learning rate times gradient, which is plain gradient descent.
# Adadelta's step (Zeiler 2012, and Keras) hardly depends on the size of the gradient and begins
# at sqrt(ε/(1 - ρ)), 0.0014 for the defaults here.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund @tensorflow/tfjs@4.22.0

cat >finding.cjs <<'JS'
const tf = require('@tensorflow/tfjs');
for (const gradient of [0.01, 1, 100]) {
  const weight = tf.variable(tf.scalar(0));
  const optimizer = tf.train.adadelta(1, 0.95, 1e-7);
  const steps = [];
  for (let i = 0; i < 3; i++) {
    const before = weight.dataSync()[0];
    optimizer.minimize(() => weight.mul(gradient));
    steps.push((before - weight.dataSync()[0]).toPrecision(2));
  }
  console.log(`gradient ${gradient}: steps ${steps.join(', ')}`);
}
JS
node finding.cjs >seen 2>log || {
  cat log
  exit 1
}

cat >described <<'TEXT'
gradient 0.01: steps 0.010, 0.010, 0.010
gradient 1: steps 1.0, 1.0, 1.0
gradient 100: steps 1.0e+2, 1.0e+2, 1.0e+2
TEXT
echo "@tensorflow/tfjs 4.22.0"
cat <<'TEXT'
Behaviour: tf.train.adadelta divides by the mean squares of the gradients from before the step,
which are 0 at the start like those of the steps, so that both cancel: under a steady gradient
each step is learning rate times gradient, which is plain gradient descent. Adadelta's step
(Zeiler 2012, and Keras) hardly depends on the size of the gradient and begins at sqrt(ε/(1 -
ρ)), 0.0014 for the defaults here.
TEXT
echo "Seen:"
cat seen
diff described seen >/dev/null || {
  echo "Changed: the output described was"
  cat described
  exit 1
}
echo "As described."
