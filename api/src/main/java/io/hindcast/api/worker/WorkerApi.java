package io.hindcast.api.worker;

/**
 * Addresses of the run API, below the platform's own. Every request carries {@code Authorization: Bearer} with the
 * token of one run; a worker that gets any other 4xx status than 413 and 429 has lost its run and ends.
 */
public final class WorkerApi {

    public static final String ROOT = "/worker";

    /** {@code GET}: {@link Assignment}. The first one claims the run. */
    public static final String RUN = ROOT + "/run";

    /** {@code GET} of an object of the assignment by its SHA-256, appended after a slash. */
    public static final String OBJECTS = ROOT + "/objects";

    /** {@code POST}: {@link Heartbeat}. */
    public static final String PROGRESS = ROOT + "/progress";

    /** {@code PUT} of the bundle under its SHA-256, appended after a slash. */
    public static final String BUNDLES = ROOT + "/bundles";

    /** {@code POST}: {@link RunResult}. */
    public static final String RESULT = ROOT + "/result";

    /** {@code POST}: {@link io.hindcast.api.training.TrainingFailure}. */
    public static final String FAILURE = ROOT + "/failure";

    private WorkerApi() {}
}
