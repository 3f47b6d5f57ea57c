package io.hindcast.news.web;

import io.hindcast.news.web.FetchException.Reason;
import io.hindcast.runtime.WallTimer;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which pages may be requested and when: only http and https at public addresses and standard ports, only as
 * robots.txt allows, and only at the host's rate limit. Shared by all sources, so that a host sees one client.
 * Thread-safe; methods that may read a robots.txt or wait for the rate limiter block.
 */
public final class CrawlPolicy {

    /** A host blocked for longer fails the request instead of delaying it. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final FetchSettings settings;
    private final PublicAddressResolver resolver;
    private final GuardedHttpClient http;
    private final InstantSource wallClock;
    private final HostRateLimiter limiter;
    private final RobotsTxtRules robots;

    /** @param wallClock for dates in Retry-After headers */
    CrawlPolicy(
            FetchSettings settings,
            PublicAddressResolver resolver,
            GuardedHttpClient http,
            WallTimer waits,
            InstantSource wallClock) {
        this.settings = settings;
        this.resolver = resolver;
        this.http = http;
        this.wallClock = wallClock;
        this.limiter = new HostRateLimiter(settings.politeness().perHost(), waits);
        this.robots = new RobotsTxtRules(this::fetchRobotsTxt, settings.robotName(), waits);
    }

    /**
     * Waits until a page may be requested by a client other than the fetcher, such as a browser.
     *
     * @throws FetchException if the page must not be requested
     */
    public void admit(URI page) throws FetchException, InterruptedException {
        check(page, page);
        acquire(page).close();
    }

    /**
     * Checks the address that a browser was redirected to.
     *
     * @param page final address
     * @param requested admitted address
     * @throws FetchException if the final address would not have been admitted
     */
    public void checkRedirect(URI page, URI requested) throws FetchException, InterruptedException {
        if (!page.equals(requested)) {
            check(page, requested);
        }
    }

    /**
     * Returns the exception for a response that is not a page. A 429 or 503 also blocks the host for the time that its
     * Retry-After header states.
     */
    public FetchException statusFailure(URI page, int status, @Nullable String retryAfter) {
        if (status == 429 || status == 503) {
            limiter.block(page.getHost(), RetryAfter.parse(retryAfter, wallClock.instant()));
        }
        Reason reason = switch (status) {
            case 401, 403, 429, 451 -> Reason.DENIED;
            case 404, 410 -> Reason.GONE;
            default -> Reason.SERVER;
        };
        return new FetchException(reason, page, "answered with HTTP " + status, null);
    }

    public PublicAddressResolver resolver() {
        return resolver;
    }

    /** Refuses a page that must not be requested; the exception names the address that led there. */
    void check(URI page, URI requested) throws FetchException, InterruptedException {
        checkAddress(page, requested);
        checkNotBlocked(page); // before robots.txt, which comes from the same host
        if (!robots.allows(page)) {
            throw new FetchException(
                    Reason.ROBOTS,
                    requested,
                    "robots.txt of " + page.getHost() + " does not allow it, or cannot be read",
                    null);
        }
    }

    /** Waits for the host's rate limiter. */
    HostRateLimiter.Permit acquire(URI page) throws FetchException, InterruptedException {
        return acquire(page, robots.pause(page, settings.politeness().pause()));
    }

    /** Returns the target of a redirect. */
    static URI redirectTarget(URI from, String location) throws FetchException {
        try {
            return from.resolve(location.strip().replace(" ", "%20"));
        } catch (IllegalArgumentException e) {
            throw new FetchException(Reason.BAD_ADDRESS, from, "redirects to '" + location + "', no address", e);
        }
    }

    private void checkAddress(URI page, URI requested) throws FetchException {
        String scheme = page.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme))
                || page.getHost() == null
                || page.getUserInfo() != null) {
            throw new FetchException(
                    Reason.BAD_ADDRESS, requested, "leads to " + page + ", expected an http or https address", null);
        }
        int port = page.getPort();
        if (port != -1 && port != 80 && port != 443 && !resolver.allowsPrivate(page.getHost())) {
            throw new FetchException(
                    Reason.BAD_ADDRESS, requested, "leads to port " + port + ", expected 80 or 443", null);
        }
        try {
            resolver.resolve(page.getHost());
        } catch (PrivateAddressException e) {
            throw new FetchException(Reason.PRIVATE_ADDRESS, requested, String.valueOf(e.getMessage()), e);
        } catch (UnknownHostException e) {
            throw new FetchException(Reason.UNREACHABLE, requested, "no address for " + page.getHost(), e);
        }
    }

    private void checkNotBlocked(URI page) throws FetchException {
        Duration blocked = limiter.blockedFor(page.getHost());
        if (blocked.compareTo(LONGEST_WAIT) > 0) {
            throw new FetchException(
                    Reason.DENIED,
                    page,
                    "the host asked for no requests for " + blocked.toSeconds() + " more seconds",
                    null);
        }
    }

    private HostRateLimiter.Permit acquire(URI page, Duration pause) throws FetchException, InterruptedException {
        checkNotBlocked(page);
        return limiter.acquire(page.getHost(), pause);
    }

    private GuardedHttpClient.Response fetchRobotsTxt(URI robotsTxt, int maxBytes)
            throws FetchException, InterruptedException {
        URI next = robotsTxt;
        GuardedHttpClient.Response response = new GuardedHttpClient.Response(404, Map.of(), "", null, new byte[0]);
        for (int hop = 0; hop <= settings.limits().redirects(); hop++) {
            checkAddress(next, robotsTxt);
            try (var _ = acquire(next, settings.politeness().pause())) {
                response = http.get(next, Map.of(), maxBytes);
            }
            String location = response.header("Location");
            if (!response.isRedirect() || location == null) {
                return response;
            }
            next = redirectTarget(next, location);
        }
        return response;
    }
}
