package io.hindcast.ml.score;

import ai.onnxruntime.OrtEnvironment;
import java.util.concurrent.CompletableFuture;

/**
 * The single environment of ONNX Runtime in a process. Its creation detects the processor by a recursive pattern match
 * some twelve thousand calls deep (seen in 1.29.0), which overflows a stack of half a megabyte and crashes the process.
 * So it is created on a thread with a large stack.
 */
final class OnnxRuntime {

    private static final long STACK_BYTES = 16L << 20;

    private static final class Holder {
        static final OrtEnvironment ENVIRONMENT = make();
    }

    private OnnxRuntime() {}

    static OrtEnvironment environment() {
        return Holder.ENVIRONMENT;
    }

    private static OrtEnvironment make() {
        CompletableFuture<OrtEnvironment> made = new CompletableFuture<>();
        Runnable work = () -> {
            try {
                made.complete(OrtEnvironment.getEnvironment());
            } catch (RuntimeException | LinkageError e) {
                made.completeExceptionally(e);
            }
        };
        new Thread(null, work, "onnxruntime-start", STACK_BYTES).start();
        return made.join();
    }
}
