package io.hindcast.ml.score;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.onnx.OnnxNames;
import java.nio.DoubleBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Scores by ONNX Runtime on one thread, so that sums are always taken in the same order. */
final class OnnxScorer implements Scorer {

    private static final Set<String> WANTED = Set.of(OnnxNames.PROBABILITIES);

    private final OrtEnvironment environment = OnnxRuntime.environment();
    private final OrtSession session;
    private final int columns;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private OnnxScorer(OrtSession session, int columns) {
        this.session = session;
        this.columns = columns;
    }

    static String version() {
        return OnnxRuntime.environment().getVersion();
    }

    static OnnxScorer of(byte[] onnx) {
        OrtEnvironment runtime = OnnxRuntime.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            OrtSession session = runtime.createSession(onnx, options);
            try {
                return new OnnxScorer(session, columnsOf(session));
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            throw new IllegalArgumentException("ONNX Runtime does not take this model: " + e.getMessage(), e);
        }
    }

    private static int columnsOf(OrtSession session) throws OrtException {
        NodeInfo input = session.getInputInfo().get(OnnxNames.FEATURES);
        if (input != null
                && session.getOutputNames().contains(OnnxNames.PROBABILITIES)
                && input.getInfo() instanceof TensorInfo tensor
                && tensor.type == OnnxJavaType.DOUBLE
                && tensor.getShape().length == 2
                && tensor.getShape()[1] > 0) {
            return (int) tensor.getShape()[1];
        }
        throw new IllegalArgumentException("ONNX model has inputs " + session.getInputInfo() + " and outputs "
                + session.getOutputNames() + ", expected a matrix of double '" + OnnxNames.FEATURES + "' and '"
                + OnnxNames.PROBABILITIES + "'");
    }

    @Override
    public ScorerSpec spec() {
        return ScorerEngine.ONNX_RUNTIME.spec();
    }

    @Override
    public int features() {
        return columns;
    }

    @Override
    public void score(double[] features, int rows, double[] out) {
        ScoringArguments.check(features, columns, rows, out);
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the scorer is closed");
            }
            if (rows > 0) {
                run(features, rows, out);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed to score " + rows + " rows: " + e.getMessage(), e);
        } finally {
            lock.readLock().unlock();
        }
    }

    private void run(double[] features, int rows, double[] out) throws OrtException {
        long[] shape = {rows, columns};
        try (OnnxTensor input =
                        OnnxTensor.createTensor(environment, DoubleBuffer.wrap(features, 0, rows * columns), shape);
                OrtSession.Result result = session.run(Map.of(OnnxNames.FEATURES, input), WANTED)) {
            if (!(result.get(0) instanceof OnnxTensor tensor)) {
                throw new IllegalStateException("ONNX model's probabilities are no tensor");
            }
            var probabilities = tensor.getFloatBuffer();
            for (int i = 0; i < rows * CLASSES; i++) {
                out[i] = probabilities.get(i);
            }
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed to close: " + e.getMessage(), e);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
