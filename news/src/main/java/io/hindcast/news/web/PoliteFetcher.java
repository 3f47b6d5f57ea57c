package io.hindcast.news.web;

import io.hindcast.news.web.FetchException.Reason;
import io.hindcast.runtime.Backoff;
import io.hindcast.runtime.WallTimer;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Fetches pages as a good guest: only what robots.txt allows, one request at a time with pauses, not again what has not
 * changed, quiet when a server asks for it; and as a careful one: no private address, also not by redirect, and bounds
 * of size and time. Every hop of a redirect is a request like any other. Thread-safe.
 */
public final class PoliteFetcher implements AutoCloseable {

    /** Types of pages. */
    public static final Set<String> HTML = Set.of("text/html", "application/xhtml+xml");
    /** Types under which feeds are served. */
    public static final Set<String> FEEDS = Set.of(
            "application/rss+xml",
            "application/atom+xml",
            "application/xml",
            "text/xml",
            "application/rdf+xml",
            "application/feed+json");

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(20));
    private static final Duration LONGEST_QUIET = Duration.ofHours(6);
    private static final Duration QUIET_UNASKED = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int VALIDATORS_KEPT = 2_000;

    private record Validators(
            @Nullable String etag, @Nullable String lastModified) {}

    private final FetchSettings settings;
    private final WallTimer waits;
    private final InstantSource wallClock;
    private final RandomGenerator random;
    private final AddressGuard guard;
    private final GuardedHttp http;
    private final HostGate gate;
    private final Robots robots;
    private final Map<URI, Validators> validators = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Validators> eldest) {
            return size() > VALIDATORS_KEPT;
        }
    };

    /** @param wallClock for dates in {@code Retry-After} */
    public PoliteFetcher(
            FetchSettings settings,
            AddressGuard guard,
            WallTimer waits,
            InstantSource wallClock,
            RandomGenerator random) {
        this.settings = settings;
        this.guard = guard;
        this.waits = waits;
        this.wallClock = wallClock;
        this.random = random;
        this.http = new GuardedHttp(settings, guard, waits);
        this.gate = new HostGate(settings.perHost(), waits);
        this.robots = new Robots(this::robotsTxt, settings.robotName(), waits);
    }

    /** A page as it is now. */
    public Page fetch(URI page, Set<String> types) throws FetchException, InterruptedException {
        return attempts(page, types, false);
    }

    /**
     * A page of whatever type if it is another one than that last {@link #taken}; else {@link Page#unchanged()}.
     *
     * @param types that are asked for; many servers give a feed another one, or none
     */
    public Page fetchIfChanged(URI page, Set<String> types) throws FetchException, InterruptedException {
        return attempts(page, types, true);
    }

    /** All of the page was taken in: it need not come again unless it changes. */
    public void taken(URI page, Page answer) {
        synchronized (validators) {
            validators.put(page, new Validators(answer.etag(), answer.lastModified()));
        }
    }

    /**
     * Waits for this page's turn as if it were fetched here, for a browser that fetches it by itself; refuses what
     * robots.txt or the guard do.
     */
    public void admit(URI page) throws FetchException, InterruptedException {
        check(page, page);
        turn(page, robots.pause(page, settings.pause())).close();
    }

    /** Refuses a page that a browser was redirected to where it would not have been admitted. */
    public void checkRedirect(URI page, URI asked) throws FetchException, InterruptedException {
        if (!page.equals(asked)) {
            check(page, asked);
        }
    }

    /** Refuses what is of another type. */
    public static void checkType(URI page, String type, Set<String> types) throws FetchException {
        String bare = type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (!types.contains(bare)) {
            throw new FetchException(Reason.BAD_TYPE, page, "of type '" + bare + "', expected one of " + types, null);
        }
    }

    /** What an answer other than a page means; the host is left in quiet if it asks for that. */
    public FetchException answered(URI page, int status, @Nullable String retryAfter) {
        if (status == 429 || status == 503) {
            gate.quiet(page.getHost(), retryAfter == null ? QUIET_UNASKED : quiet(retryAfter));
        }
        Reason reason = switch (status) {
            case 401, 403, 429, 451 -> Reason.DENIED;
            case 404, 410 -> Reason.GONE;
            default -> Reason.SERVER;
        };
        return new FetchException(reason, page, "answered with HTTP " + status, null);
    }

    public AddressGuard guard() {
        return guard;
    }

    private Page attempts(URI page, Set<String> types, boolean ifChanged) throws FetchException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return follow(page, types, ifChanged);
            } catch (FetchException e) {
                if (!e.mayPass() || e.reason() == Reason.TOO_SLOW || attempt >= settings.attempts()) {
                    throw e;
                }
                waits.pause(BACKOFF.after(attempt, random));
            }
        }
    }

    private Page follow(URI page, Set<String> types, boolean ifChanged) throws FetchException, InterruptedException {
        URI at = page;
        for (int hop = 0; hop <= settings.redirects(); hop++) {
            check(at, page);
            GuardedHttp.Answer answer = request(at, page, types, ifChanged);
            int status = answer.status();
            if (status == 304 && ifChanged) {
                return new Page(at, true, "", null, new byte[0], null, null);
            }
            if (status == 200) {
                if (!ifChanged) {
                    checkType(at, answer.type(), types);
                }
                return new Page(
                        at,
                        false,
                        answer.type(),
                        answer.charset(),
                        answer.body(),
                        answer.header("ETag"),
                        answer.header("Last-Modified"));
            }
            if (status < 300 || status > 399 || answer.header("Location") == null) {
                throw answered(at, status, answer.header("Retry-After"));
            }
            at = target(at, String.valueOf(answer.header("Location")));
        }
        throw new FetchException(
                Reason.BAD_ADDRESS, page, "redirects more than " + settings.redirects() + " times", null);
    }

    private void check(URI at, URI asked) throws FetchException, InterruptedException {
        checkAddress(at, asked);
        checkQuiet(at); // before robots.txt, which comes from the same host
        if (!robots.allows(at)) {
            throw new FetchException(
                    Reason.ROBOTS,
                    asked,
                    "robots.txt of " + at.getHost() + " does not allow it, or cannot be read",
                    null);
        }
    }

    private void checkAddress(URI at, URI asked) throws FetchException {
        String scheme = at.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || at.getHost() == null || at.getUserInfo() != null) {
            throw new FetchException(
                    Reason.BAD_ADDRESS, asked, "leads to " + at + ", expected an http or https address", null);
        }
        int port = at.getPort();
        if (port != -1 && port != 80 && port != 443 && !guard.allowsPrivate(at.getHost())) {
            throw new FetchException(Reason.BAD_ADDRESS, asked, "leads to port " + port + ", expected 80 or 443", null);
        }
        try {
            guard.resolve(at.getHost());
        } catch (PrivateAddressException e) {
            throw new FetchException(Reason.PRIVATE_ADDRESS, asked, String.valueOf(e.getMessage()), e);
        } catch (java.net.UnknownHostException e) {
            throw new FetchException(Reason.UNREACHABLE, asked, "no address for " + at.getHost(), e);
        }
    }

    private void checkQuiet(URI at) throws FetchException {
        Duration quiet = gate.quietLeft(at.getHost());
        if (quiet.compareTo(PATIENCE) > 0) {
            throw new FetchException(
                    Reason.DENIED, at, "the host asked for quiet, for " + quiet.toSeconds() + " more seconds", null);
        }
    }

    private HostGate.Place turn(URI at, Duration pause) throws FetchException, InterruptedException {
        checkQuiet(at);
        return gate.enter(at.getHost(), pause);
    }

    private GuardedHttp.Answer request(URI at, URI asked, Set<String> types, boolean ifChanged)
            throws FetchException, InterruptedException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", String.join(", ", types.stream().sorted().toList()) + ", */*;q=0.1");
        headers.put("Accept-Language", "en");
        if (ifChanged) {
            synchronized (validators) {
                Validators known = validators.get(asked);
                if (known != null && known.etag() != null) {
                    headers.put("If-None-Match", known.etag());
                }
                if (known != null && known.lastModified() != null) {
                    headers.put("If-Modified-Since", known.lastModified());
                }
            }
        }
        HostGate.Place place = turn(at, robots.pause(at, settings.pause()));
        try {
            return http.get(at, headers, settings.mostBytes());
        } finally {
            place.close();
        }
    }

    private GuardedHttp.Answer robotsTxt(URI at, int mostBytes) throws FetchException, InterruptedException {
        URI next = at;
        GuardedHttp.Answer answer = new GuardedHttp.Answer(404, Map.of(), "", null, new byte[0]);
        for (int hop = 0; hop <= settings.redirects(); hop++) {
            checkAddress(next, at);
            HostGate.Place place = turn(next, settings.pause());
            try {
                answer = http.get(next, Map.of(), mostBytes);
            } finally {
                place.close();
            }
            String location = answer.header("Location");
            if (answer.status() < 300 || answer.status() > 399 || location == null) {
                return answer;
            }
            next = target(next, location);
        }
        return answer;
    }

    /** Seconds, or a date (RFC 9110, 10.2.3). */
    private Duration quiet(String retryAfter) {
        Duration asked;
        try {
            asked = retryAfter.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(retryAfter))
                    : Duration.between(wallClock.instant(), date(retryAfter));
        } catch (DateTimeException e) {
            asked = QUIET_UNASKED;
        }
        return asked.isNegative() ? Duration.ZERO : asked.compareTo(LONGEST_QUIET) > 0 ? LONGEST_QUIET : asked;
    }

    private static Instant date(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    private static URI target(URI from, String location) throws FetchException {
        try {
            return from.resolve(location.strip().replace(" ", "%20"));
        } catch (IllegalArgumentException e) {
            throw new FetchException(Reason.BAD_ADDRESS, from, "redirects to '" + location + "', no address", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
