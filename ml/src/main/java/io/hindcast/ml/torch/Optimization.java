package io.hindcast.ml.torch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Optimises weights by steps of AdamW (Loshchilov and Hutter, Decoupled weight decay regularization, 2019), with
 * gradients clipped by their global norm (Pascanu et al., On the difficulty of training recurrent neural networks,
 * 2013). Weight decay 0 makes it Adam.
 *
 * <p>DJL collects gradients for one thread of a process at a time, so several trainings in a process take turns. An
 * instance belongs to one thread.
 */
public final class Optimization {

    private static final ReentrantLock ONE_COLLECTOR = new ReentrantLock();

    private final Weights weights;
    private final Optimizer optimizer;
    private final double maxNorm;

    public Optimization(Weights weights, OptimizerSettings settings) {
        this.weights = weights;
        this.maxNorm = settings.maxNorm();
        Tracker rate = Tracker.fixed((float) settings.learningRate());
        this.optimizer = settings.weightDecay() == 0
                ? Optimizer.adam().optLearningRateTracker(rate).build()
                : Optimizer.adamW()
                        .optLearningRateTracker(rate)
                        .optWeightDecays((float) settings.weightDecay())
                        .build();
    }

    /**
     * Adds the gradients of a loss to those accumulated so far.
     *
     * @param loss computes the loss, one number, from arrays of the manager it receives, which is closed afterwards
     * @return the loss
     */
    public float accumulate(Function<NDManager, NDArray> loss) {
        ONE_COLLECTOR.lock();
        try (NDManager step = weights.manager().newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray value = loss.apply(step);
            collector.backward(value);
            return value.getFloat();
        } finally {
            ONE_COLLECTOR.unlock();
        }
    }

    /**
     * Updates the weights by the gradients accumulated since the last step, and clears these.
     *
     * @return the gradients' norm before clipping
     * @throws ArithmeticException if it is not a number: the training has diverged
     */
    public double step() {
        try (NDManager step = weights.manager().newSubManager()) {
            double squares = 0;
            for (NDArray weight : weights.trained().values()) {
                NDArray gradient = weight.getGradient();
                gradient.attach(step);
                squares += gradient.square().sum().getFloat();
            }
            double norm = StrictMath.sqrt(squares);
            if (!Double.isFinite(norm)) {
                throw new ArithmeticException(
                        "the gradients' norm is " + norm + ": the training has diverged; lower the learning rate");
            }
            for (Map.Entry<String, NDArray> entry : weights.trained().entrySet()) {
                NDArray gradient = entry.getValue().getGradient();
                gradient.attach(step);
                if (norm > maxNorm) {
                    gradient.muli(maxNorm / norm);
                }
                optimizer.update(entry.getKey(), entry.getValue(), gradient);
                gradient.subi(gradient);
            }
            return norm;
        }
    }
}
