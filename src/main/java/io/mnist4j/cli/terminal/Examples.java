package io.mnist4j.cli.terminal;

/** What the help of the longer commands ends with, in the form of {@link String#format}. */
public final class Examples {
  public static final String HEADING = "%nExamples:%n";

  public static final String TRAIN =
      """
        mnist4j train                                  98 %% on MNIST with the defaults
        mnist4j train --config configs/keras.yaml      Keras' settings to the letter
        mnist4j train --epochs 10 --lr 0.003 --seed 7 --name long
        mnist4j train --repeat 5                       five seeds: mean and standard deviation
        mnist4j train --resume runs/long --epochs 20   go on, where it was cut or ended
        mnist4j train --hidden 512,256 --optimizer adamw --weight-decay 1e-4
        mnist4j train training.augmentation.shift=2    any key of a configuration
        mnist4j train --config lenet --dry-run         what it would do; one batch, nothing written
        mnist4j train --from runs/long --dataset fashion-mnist training.freeze=1
        mnist4j train --lr 0.003 --print-config > mine.yaml
        mnist4j train --dataset strokes --format json > summary.json
        mnist4j train --dataset path/to/folder         any four IDX files
        mnist4j train --dataset fashion-mnist data.classes=[Sneaker,Bag]

      Ctrl-C finishes the batch, saves the state and says how to go on; twice, it leaves at once.\
      """;

  public static final String SWEEP =
      """
        mnist4j sweep configs/sweeps/mlp.yaml
        mnist4j sweep configs/sweeps/mlp.yaml --trials 100 --parallel 2 --name long
        mnist4j sweep configs/sweeps/mlp.yaml training.epochs=3 data.limit=10000
        mnist4j sweep configs/sweeps/mlp.yaml --dry-run   what would be tried
        mnist4j sweep --resume sweeps/long --trials 200   go on, where it was cut or ended
        mnist4j sweep configs/sweeps/mlp.yaml --master spark://host:7077   on a Spark cluster

      Trials are judged by a part of the training images. At the end the best settings are trained on
      all of them, and tested once. Ctrl-C lets the running trials end and begins no more; twice, it
      leaves at once. Either way --resume goes on.\
      """;

  public static final String FEDERATE =
      """
        mnist4j federate 2nn --target 0.97       rounds until 97 %%, in the setting of McMahan et al.
        mnist4j federate 2nn 'clients={classes: {count: 100, per-client: 2}}'
        mnist4j federate 2nn strategy=scaffold fraction=0.2 --rounds 50 --name scaffold
        mnist4j federate 2nn clients=writers     the people who wrote MNIST's images
        mnist4j federate --resume runs/scaffold --rounds 100
        mnist4j federate 2nn --print-config      every key\
      """;

  public static final String PREDICT =
      """
        mnist4j predict seven.png                      with the model trained last
        mnist4j predict --model runs/lenet photos/ '*.jpg'
        mnist4j predict --segment --show postcode.jpg  every digit of a strip, as the network sees it
        mnist4j predict --explain why seven.png        why/seven.png shows what spoke for the answer
        mnist4j predict test.csv --format kaggle       images as numbers; also npz, Parquet, a zip ...
        curl -s https://example.org/7.png | mnist4j predict --format jsonl -

      A digit may be dark on light or light on dark, of any size, anywhere in the picture. It is made
      into what MNIST would have made of it: 20 pixels high or wide, its centre of mass in the middle.
      A picture without a digit gets the answer none. Exit code 3 if a file could not be read.\
      """;

  public static final String EXPLAIN =
      """
        mnist4j explain runs/default-mnist-1 seven.png     explanations/seven.png shows why
        mnist4j explain model.zip 7.png --method gradient --output why
        mnist4j explain model.zip 7.png --counterfactual 2 how little makes a 2 of it
        mnist4j explain model.zip --measure                how good the explanations are, on 1,000 images
        mnist4j explain model.zip --measure --images 200 --dataset my-digits --format json

      What speaks for an answer is orange in the picture, what speaks against it blue.\
      """;

  public static final String EVALUATE =
      """
        mnist4j evaluate runs/default-mnist-1            its model.zip
        mnist4j evaluate model.zip --dataset strokes --format json
        mnist4j evaluate model.zip --dataset my-digits     a folder for each class, of images
        mnist4j evaluate model.zip --min-accuracy 0.98     exit code 4 if it is below
        mnist4j evaluate model.zip --plot --output figures
        mnist4j evaluate runs/cnn --predictions all.csv    what it says of each test image
        mnist4j evaluate runs/cnn --split validation       the images that watched its training
        mnist4j evaluate runs/cnn --groups mnist-writers   by who wrote them
        mnist4j evaluate runs/cnn --membership             can it be told what it learned from?
        mnist4j evaluate keras.h5 --scale 0..255\
      """;

  public static final String DATA_ISSUES =
      """
        mnist4j data issues mnist                          with the default network, in seconds
        mnist4j data issues mnist --config lenet --output issues   and a page with pictures
        mnist4j data issues my-folder --split train --format json
        mnist4j data issues mnist --split test --config lenet --proposals 100
        mnist4j data issues my-folder --max-issues 0       exit code 4 if anything is found\
      """;

  public static final String EXPORT =
      """
        mnist4j export runs/default-mnist-1 --format onnx    beside its model.zip: model.onnx
        mnist4j export model.zip --output digits.h5                    the name says the format
        mnist4j export keras.h5 --format dl4j --output model.zip
        mnist4j export model.zip --format safetensors      for PyTorch; prints the line to load it
        mnist4j export model.zip --format html             a page to draw on, without a server
        mnist4j export model.zip --format onnx --opset 13 --batch 1
        mnist4j export runs/default-mnist-1 --format card --license apache-2.0    its README.md\
      """;

  public static final String REPORT =
      """
        mnist4j report runs/default-mnist-1
        mnist4j report runs/a runs/b runs/c --output comparison
        mnist4j report sweeps/mlp-1
        mnist4j report runs/a runs/b --format csv    results and settings as a table

      Writes report.html, which needs no other file, and plots/ with each plot as SVG.\
      """;

  public static final String RUNS_LIST =
      """
        mnist4j runs list                                     the runs in runs/, the newest last
        mnist4j runs list --sort test-accuracy --reverse      the best first
        mnist4j runs list --where dataset=mnist --where 'training.epochs>5'
        mnist4j runs list --format csv > runs.csv             every result and every setting

      --sort and --where take the columns that --format csv writes.\
      """;

  public static final String SWEEP_TELL =
      """
        mnist4j sweep tell sweeps/mine 3 0.9815                its result
        mnist4j sweep tell sweeps/mine 3 0.9433 --epoch        of an epoch: prints go-on or stop
        mnist4j sweep tell sweeps/mine 3 --failed 'no memory'\
      """;

  private Examples() {}
}
