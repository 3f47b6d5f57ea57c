package io.hindcast.news.web;

import io.hindcast.news.web.FetchException.Reason;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.WallTimer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Fetches pages within the {@link CrawlPolicy} and the limits of size and time. Follows redirects, each hop checked
 * like a request of its own; tries again while a server fails; does not fetch again what has not changed. Thread-safe.
 */
public final class PoliteFetcher implements AutoCloseable {

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(20));

    private final FetchSettings settings;
    private final WallTimer waits;
    private final RandomGenerator random;
    private final GuardedHttpClient http;
    private final CrawlPolicy policy;
    private final CacheValidators validators = new CacheValidators();

    /** @param wallClock for dates in Retry-After headers */
    public PoliteFetcher(
            FetchSettings settings,
            PublicAddressResolver resolver,
            WallTimer waits,
            InstantSource wallClock,
            RandomGenerator random) {
        this.settings = settings;
        this.waits = waits;
        this.random = random;
        this.http = new GuardedHttpClient(settings, resolver, waits);
        this.policy = new CrawlPolicy(settings, resolver, http, waits, wallClock);
    }

    /** Returns the policy, for clients that request pages by themselves. */
    public CrawlPolicy policy() {
        return policy;
    }

    /**
     * Fetches a page.
     *
     * @param types media types allowed
     */
    public FetchedPage fetch(URI page, Set<String> types) throws FetchException, InterruptedException {
        return attempts(page, types, false);
    }

    /**
     * Fetches a page of any type unless it is the one last {@linkplain #markProcessed processed}; then the result is
     * {@link FetchedPage#unchanged()}.
     *
     * @param types media types asked for; many servers give a feed another one, or none
     */
    public FetchedPage fetchIfChanged(URI page, Set<String> types) throws FetchException, InterruptedException {
        return attempts(page, types, true);
    }

    /** Records that a page was processed completely, so that it is not fetched again until it changes. */
    public void markProcessed(URI page, FetchedPage fetched) {
        validators.remember(page, fetched);
    }

    private FetchedPage attempts(URI page, Set<String> types, boolean ifChanged)
            throws FetchException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return follow(page, types, ifChanged);
            } catch (FetchException e) {
                if (!e.isTransient()
                        || e.reason() == Reason.TOO_SLOW
                        || attempt >= settings.limits().attempts()) {
                    throw e;
                }
                waits.pause(BACKOFF.after(attempt, random));
            }
        }
    }

    private FetchedPage follow(URI page, Set<String> types, boolean ifChanged)
            throws FetchException, InterruptedException {
        URI at = page;
        int redirects = settings.limits().redirects();
        for (int hop = 0; hop <= redirects; hop++) {
            policy.check(at, page);
            GuardedHttpClient.Response response = request(at, page, types, ifChanged);
            int status = response.status();
            if (status == 304 && ifChanged) {
                return FetchedPage.unchanged(at);
            }
            if (status == 200) {
                if (!ifChanged) {
                    MediaTypes.check(at, response.type(), types);
                }
                return FetchedPage.of(at, response);
            }
            String location = response.header("Location");
            if (!response.isRedirect() || location == null) {
                throw policy.statusFailure(at, status, response.header("Retry-After"));
            }
            at = CrawlPolicy.redirectTarget(at, location);
        }
        throw new FetchException(Reason.BAD_ADDRESS, page, "redirects more than " + redirects + " times", null);
    }

    private GuardedHttpClient.Response request(URI at, URI requested, Set<String> types, boolean ifChanged)
            throws FetchException, InterruptedException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", String.join(", ", types.stream().sorted().toList()) + ", */*;q=0.1");
        headers.put("Accept-Language", "en");
        if (ifChanged) {
            validators.addHeaders(requested, headers);
        }
        try (var _ = policy.acquire(at)) {
            return http.get(at, headers, settings.limits().maxBytes());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
