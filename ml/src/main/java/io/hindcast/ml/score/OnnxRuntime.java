package io.hindcast.ml.score;

import ai.onnxruntime.OrtEnvironment;
import java.util.concurrent.CompletableFuture;

/**
 * The one environment of ONNX Runtime in a process. Making it looks the processor up by a recursive pattern match some
 * twelve thousand calls deep (seen in 1.29.0), which overflows a thread's stack of half a megabyte and takes the
 * process down with it; so it is made on a thread with room enough, whoever asks first.
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
