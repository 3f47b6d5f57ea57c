package io.hindcast.ml.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PyTorch, started once per process on first use. Its native libraries come with the build; the first start on a
 * machine unpacks them (some 430 MB) into DJL's cache folder, which {@code DJL_CACHE_DIR} or {@code ai.djl.cache_dir}
 * can change. Nothing is downloaded.
 *
 * <p>The number of threads affects a training's result, because sums are split among them.
 * {@code ai.djl.pytorch.num_threads} sets it before the first use; the default is {@value #THREADS}. Errors of
 * PyTorch's own reach the caller as DJL's {@link ai.djl.engine.EngineException}.
 */
public final class Torch {

    private static final Logger log = LoggerFactory.getLogger(Torch.class);
    private static final int THREADS = 1;

    private static final class Started {
        static final Engine ENGINE = start();
    }

    private Torch() {}

    private static Engine start() {
        preset("ai.djl.offline", "true");
        preset("ai.djl.pytorch.num_threads", Integer.toString(THREADS));
        preset("ai.djl.pytorch.num_interop_threads", "1");
        preset("OPT_OUT_TRACKING", "true");
        log.info("Starting PyTorch; the first start on a machine unpacks its libraries, some 430 MB");
        long begun = System.nanoTime();
        Engine engine = Engine.getEngine("PyTorch");
        log.info("PyTorch {} runs after {} ms", engine.getVersion(), (System.nanoTime() - begun) / 1_000_000);
        return engine;
    }

    private static void preset(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /**
     * Returns whether an earlier start has unpacked the libraries, so that the next one is quick. Does not start
     * PyTorch.
     */
    public static boolean isUnpacked() {
        try (Stream<Path> versions = Files.list(Utils.getEngineCacheDir("pytorch"))) {
            return versions.findAny().isPresent();
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** Returns the library's version, such as {@code 2.7.1}. */
    public static String version() {
        return Started.ENGINE.getVersion();
    }

    /** Returns the number of threads of an operation, as set at the start. */
    public static int threads() {
        var _ = Started.ENGINE;
        return Integer.getInteger("ai.djl.pytorch.num_threads", THREADS);
    }

    /**
     * Creates a manager of arrays. The caller closes it, which frees all its arrays.
     *
     * @param device {@code cpu}, or {@code cuda}, followed by a number if there are several; CUDA needs a PyTorch built
     *     for it ({@code PYTORCH_LIBRARY_PATH})
     * @throws IllegalArgumentException if there is no such device
     */
    public static NDManager manager(String device) {
        return Started.ENGINE.newBaseManager(device(device));
    }

    private static Device device(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        if (wanted.equals("cpu")) {
            return Device.cpu();
        }
        if (wanted.matches("cuda[0-9]*")) {
            int number = wanted.length() > 4 ? Integer.parseInt(wanted.substring(4)) : 0;
            if (number < Started.ENGINE.getGpuCount()) {
                return Device.gpu(number);
            }
        }
        throw new IllegalArgumentException("device '" + name + "' is not here, expected cpu"
                + (Started.ENGINE.getGpuCount() > 0 ? " or cuda0 to cuda" + (Started.ENGINE.getGpuCount() - 1) : "")
                + ": CUDA needs a GPU and a PyTorch built for it, named by PYTORCH_LIBRARY_PATH");
    }

    /** Seeds the library's random numbers, which dropout draws. */
    public static void seed(long seed) {
        Started.ENGINE.setRandomSeed((int) (seed ^ seed >>> 32) & Integer.MAX_VALUE);
    }
}
