package io.mnist4j.serve;

import io.mnist4j.explain.Saliency;
import io.mnist4j.model.InputRange;
import io.mnist4j.predict.RecognizedDigit;
import io.mnist4j.serve.http.Problem;
import java.util.List;

/** In whose words a request is read and answered; one for each request. */
interface Protocol {
  /** What the numbers of paper and of ink are in JSON, where the address does not say it. */
  InputRange range();

  /** Why a request is refused, in the words of the protocol. */
  default Problem refusal(Problem problem) {
    return problem;
  }

  /**
   * Reads a body.
   *
   * @param type the header Content-Type, or nothing
   * @param input what the network takes
   * @param range what the numbers of paper and of ink are
   * @throws Problem if it is not understood
   */
  RequestBody read(byte[] content, String type, ModelJson.Input input, InputRange range)
      throws Problem;

  /**
   * The document of an answer.
   *
   * @param saliencies of the first digits
   */
  Object answer(List<RecognizedDigit> digits, List<Saliency> saliencies, PredictQuery query);
}
