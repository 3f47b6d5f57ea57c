package io.hindcast.ml.score;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hindcast.api.model.ScorerSpec;
import io.hindcast.ml.onnx.OnnxNames;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Scores with ONNX Runtime, by default on one thread, so that sums always have the same order. */
final class OnnxScorer implements Scorer {

    private static final Set<String> WANTED = Set.of(OnnxNames.PROBABILITIES);

    private final OrtEnvironment environment = OnnxRuntime.environment();
    private final OrtSession session;
    private final OnnxInput input;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private OnnxScorer(OrtSession session, OnnxInput input) {
        this.session = session;
        this.input = input;
    }

    static String version() {
        return OnnxRuntime.environment().getVersion();
    }

    static OnnxScorer of(byte[] onnx, int threads) {
        OrtEnvironment runtime = OnnxRuntime.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            OrtSession session = runtime.createSession(onnx, options);
            try {
                return new OnnxScorer(session, OnnxInput.of(session));
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            throw new IllegalArgumentException("ONNX Runtime does not take this model: " + e.getMessage(), e);
        }
    }

    @Override
    public ScorerSpec spec() {
        return OnnxEngine.ONNX_RUNTIME.spec();
    }

    @Override
    public int inputs() {
        return input.size();
    }

    @Override
    public void score(double[] rows, int n, double[] out) {
        ScoringArguments.check(rows, input.size(), n, out);
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the scorer is closed");
            }
            for (int from = 0; from < n; from += Math.min(n - from, input.batch())) {
                run(rows, from, Math.min(n - from, input.batch()), out);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed to score " + n + " rows: " + e.getMessage(), e);
        } finally {
            lock.readLock().unlock();
        }
    }

    private void run(double[] rows, int from, int n, double[] out) throws OrtException {
        Map<String, OnnxTensor> tensors = input.tensors(environment, rows, from, n);
        try (OrtSession.Result result = session.run(tensors, WANTED)) {
            if (!(result.get(0) instanceof OnnxTensor tensor)) {
                throw new IllegalStateException("ONNX model's probabilities are no tensor");
            }
            FloatBuffer probabilities = tensor.getFloatBuffer();
            for (int i = 0; i < n * CLASSES; i++) {
                out[from * CLASSES + i] = probabilities.get(i);
            }
        } finally {
            tensors.values().forEach(OnnxTensor::close);
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
