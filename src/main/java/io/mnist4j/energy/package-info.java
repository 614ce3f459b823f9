/**
 * Joules that the machine's own counters show: those of processors by Linux, those of NVIDIA's
 * cards by their driver. Nothing is estimated here. Uses {@code files}, {@code text} and the JDK,
 * and JavaCPP's binding of NVML where a build has it.
 */
package io.mnist4j.energy;
