package io.mnist4j.train.engine.cuda;

import io.mnist4j.backend.driver.CudaContext;
import io.mnist4j.backend.driver.KernelArgument;
import io.mnist4j.train.engine.stage.FlatArrays;
import io.mnist4j.train.optimizer.UpdateRule;
import java.nio.FloatBuffer;

/** What a training keeps on the card beside its layers. */
final class CudaMemory {
  /** Steps that are asked for at once; after them the losses are read. */
  static final int CHUNK = 32;

  static final int STEP_VALUES = 8;

  private final CudaContext context;
  private final long partial;
  private final int parameters;
  private final int states;
  private final long weightArray;
  private final long gradientArray;
  private final long stateArray;
  private final long control;
  private final long steps;

  CudaMemory(CudaContext context, int parameters, int states) {
    this.context = context;
    this.parameters = parameters;
    this.states = states;
    partial = context.allocate((long) Float.BYTES * CudaProduct.ROOM);
    weightArray = context.allocate((long) Float.BYTES * parameters);
    gradientArray = context.allocate((long) Float.BYTES * parameters);
    stateArray = context.allocate((long) Float.BYTES * parameters * Math.max(1, states));
    control = context.allocate(2L * Integer.BYTES);
    steps = context.allocate((long) Float.BYTES * STEP_VALUES * CHUNK);
  }

  CudaContext context() {
    return context;
  }

  /** Where products keep the parts of their sums. */
  long partial() {
    return partial;
  }

  /** Of the network's parameters, from one of them on. */
  long weights(int start) {
    return weightArray + (long) Float.BYTES * start;
  }

  /** Of their gradients, from one of them on. */
  long gradients(int start) {
    return gradientArray + (long) Float.BYTES * start;
  }

  long states() {
    return stateArray;
  }

  int parameters() {
    return parameters;
  }

  /** The step of the chunk, and the place of its first image in the order. */
  long control() {
    return control;
  }

  /** Numbers of each step of a chunk. */
  long steps() {
    return steps;
  }

  /** Copies whole numbers to memory of their own. */
  long ints(int[] numbers) {
    long address = context.allocate((long) Integer.BYTES * Math.max(1, numbers.length));
    context.upload(address, numbers, numbers.length);
    return address;
  }

  long floats(float[] numbers) {
    long address = context.allocate((long) Float.BYTES * Math.max(1, numbers.length));
    context.upload(address, numbers, numbers.length);
    return address;
  }

  /** Has a kernel run with a thread for each of some numbers. */
  void launch(String kernel, long numbers, KernelArgument argument) {
    int blocks = Math.toIntExact((numbers + CudaContext.BLOCK - 1) / CudaContext.BLOCK);
    context.launch(kernel, blocks, 1, 1, argument);
  }

  /** Takes parameters and updater states of the network. */
  void load(FlatArrays arrays) {
    load(weightArray, arrays.parameterBuffer);
    if (states > 0) {
      float[] all = new float[states * parameters];
      arrays.forEachState(
          states,
          (index, state, parameter, length) ->
              arrays.stateBuffer.get(index, all, state * parameters + parameter, length));
      context.upload(stateArray, all, all.length);
    }
  }

  /** Copies as many numbers as the network has parameters to the card. */
  void load(long to, FloatBuffer from) {
    float[] numbers = new float[parameters];
    from.get(0, numbers);
    context.upload(to, numbers, parameters);
  }

  /** Brings them back. */
  void store(FlatArrays arrays) {
    store(weightArray, arrays.parameterBuffer);
    if (states > 0) {
      float[] all = new float[states * parameters];
      context.download(stateArray, all, all.length);
      arrays.forEachState(
          states,
          (index, state, parameter, length) ->
              arrays.stateBuffer.put(index, all, state * parameters + parameter, length));
    }
  }

  /** Copies as many numbers as the network has parameters from the card. */
  void store(long from, FloatBuffer to) {
    float[] numbers = new float[parameters];
    context.download(from, numbers, parameters);
    to.put(0, numbers);
  }

  /** The numbers of a step, as StepValue in step.cu has them. */
  static void putStep(
      float[] values,
      int step,
      UpdateRule.StepFactors factors,
      double decay,
      float ofNew,
      float mix) {
    float[] ofStep = {
      factors.rate(),
      factors.mean(),
      factors.gradient(),
      factors.root(),
      (float) decay,
      ofNew,
      mix,
      0
    };
    System.arraycopy(ofStep, 0, values, step * STEP_VALUES, STEP_VALUES);
  }
}
