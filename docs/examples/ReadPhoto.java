import io.mnist4j.api.DigitModel;
import io.mnist4j.api.DigitPicture;
import io.mnist4j.api.ReadDigit;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads the digits of a photo: MODEL PHOTO. */
public class ReadPhoto {
  public static void main(String[] args) throws Exception {
    Path photo = Path.of(args[1]);
    DigitModel model = DigitModel.load(Path.of(args[0]));
    for (ReadDigit read : model.read(photo)) {
      System.out.printf("%s %.4f at %d,%d%n",
          read.label(), read.probability(), read.digit().x(), read.digit().y());
    }

    // The same with Deeplearning4j alone: the way from a photo to 28x28 is one call.
    INDArray digits = DigitPicture.features(photo);
    MultiLayerNetwork network = MultiLayerNetwork.load(Path.of(args[0]).toFile(), true);
    System.out.println(network.output(digits).argMax(1));
  }
}
