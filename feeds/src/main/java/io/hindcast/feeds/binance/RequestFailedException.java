package io.hindcast.feeds.binance;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Failure of one request: the problem, the remedy for a person, and the wait before the next attempt. None is final,
 * since something between (a proxy, a sign-in page, a CDN) may give any answer for a while.
 */
final class RequestFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** As in "Way too much request weight used; IP banned until 1669285987654." */
    private static final Pattern BANNED_UNTIL = Pattern.compile("banned until (\\d{12,14})\\b");

    private static final Pattern RETRY_AFTER = Pattern.compile("\\d{1,9}");
    /** Binance's bans end after three days; a time far beyond that is not one. */
    private static final Duration LONGEST_BAN = Duration.ofDays(30);

    private static final String RETRIED = "it is retried with growing waits";

    private final String remedy;
    private final boolean reached;
    private final Duration holdAll;
    private final Duration atLeast;

    private RequestFailedException(String problem, String remedy, boolean reached, Duration holdAll, Duration atLeast) {
        super(problem);
        this.remedy = remedy;
        this.reached = reached;
        this.holdAll = holdAll;
        this.atLeast = atLeast;
    }

    /** Returns the failure of an answer with another status than 200. */
    static RequestFailedException of(URI url, int status, HttpHeaders headers, byte[] body, Instant now) {
        String host = String.valueOf(url.getHost());
        String setting = url.getScheme().startsWith("ws") ? "ws-url" : "rest-url";
        String answer = "HTTP " + status + (body.length == 0 ? "" : ": " + ErrorBody.shortened(body));
        Duration retryAfter = retryAfter(headers);
        return switch (status) {
            case 418, 429 -> {
                Duration hold = longer(retryAfter, bannedFor(body, now));
                if (hold.isZero()) {
                    hold = Duration.ofSeconds(status == 418 ? 120 : 1);
                }
                Instant until = now.plus(hold).truncatedTo(ChronoUnit.SECONDS);
                yield new RequestFailedException(
                        status == 418
                                ? "This address is banned by the exchange " + host + " until " + until + " (" + answer
                                        + ")"
                                : host + " asked for a pause until " + until + " (" + answer + ")",
                        "Nothing has to be done: no request is sent before then. If it happens again, check what else uses the"
                                + " exchange from this address.",
                        true,
                        hold,
                        Duration.ZERO);
            }
            case 451 ->
                answered(
                        host + " does not serve this location for legal reasons (" + answer + ")",
                        "Set hindcast.feeds.binance.rest-url and ws-url to an exchange with Binance's interface that serves"
                                + " your location, such as https://api.binance.us, or play a market on this machine:"
                                + " ./hindcast demo.",
                        retryAfter);
            case 403 ->
                answered(
                        host + " refuses requests from this address (" + answer + ")",
                        "Check for a proxy or firewall on the way, and what else uses the exchange from this address; "
                                + RETRIED + ".",
                        retryAfter);
            case 300, 301, 302, 303, 307, 308 ->
                answered(
                        host + " redirects requests to "
                                + headers.firstValue("Location").orElse("nowhere") + " (HTTP " + status
                                + "), as a network does before sign-in",
                        "Sign in to the network, or set hindcast.feeds.binance." + setting
                                + " to the exchange's own address; " + RETRIED + ".",
                        retryAfter);
            case 404, 410 ->
                answered(
                        host + " has nothing at this address (" + answer + ")",
                        "Check hindcast.feeds.binance." + setting + "; if it is right, nothing has to be done: "
                                + RETRIED + ".",
                        retryAfter);
            default ->
                status >= 500
                        ? answered(
                                host + " has a server error (" + answer + ")",
                                "Nothing has to be done: the fault is the exchange's; " + RETRIED + ".",
                                retryAfter)
                        : answered(
                                host + " refused a request (" + answer + ")",
                                "Nothing can be done here: " + RETRIED
                                        + ". If it lasts, check the exchange's announcements.",
                                retryAfter);
        };
    }

    /** Returns the failure of an answer with status 200 that cannot be parsed. */
    static RequestFailedException unreadable(URI url, byte[] body, IOException why) {
        RequestFailedException failed = answered(
                url.getHost() + " answered with something that is not an answer of the exchange ("
                        + String.valueOf(why.getMessage()).lines().findFirst().orElse("") + "): "
                        + ErrorBody.shortened(body),
                "Check for a proxy or a sign-in page on the way, and check hindcast.feeds.binance.rest-url; " + RETRIED
                        + ".",
                Duration.ZERO);
        failed.initCause(why);
        return failed;
    }

    /** Returns the failure of a request without a whole answer. */
    static RequestFailedException unreached(URI url, Throwable why) {
        RequestFailedException failed = new RequestFailedException(
                "Cannot reach Binance at " + url + " (" + reason(why) + ")",
                "Check the network, or play a market on this machine: ./hindcast demo",
                false,
                Duration.ZERO,
                Duration.ZERO);
        failed.initCause(why);
        return failed;
    }

    private static RequestFailedException answered(String problem, String remedy, Duration atLeast) {
        return new RequestFailedException(problem, remedy, true, Duration.ZERO, atLeast);
    }

    String problem() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }

    /** Returns whether anything answered, the exchange or something in front of it. */
    boolean reached() {
        return reached;
    }

    /** Returns how long no request at all may be sent. */
    Duration holdAll() {
        return holdAll;
    }

    /** Returns the shortest wait before this request may be repeated. */
    Duration atLeast() {
        return atLeast;
    }

    /** Returns this failure as that of a request whose retries are used up. */
    ExchangeUnavailableException lasting() {
        return new ExchangeUnavailableException(problem(), remedy, longer(holdAll, atLeast), this);
    }

    private static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> RETRY_AFTER.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }

    private static Duration bannedFor(byte[] body, Instant now) {
        Matcher ban = BANNED_UNTIL.matcher(new String(body, StandardCharsets.UTF_8));
        if (!ban.find()) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(now, Instant.ofEpochMilli(Long.parseLong(ban.group(1))));
        return left.isNegative() || left.compareTo(LONGEST_BAN) > 0 ? Duration.ZERO : left;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static String reason(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
                return "unknown host";
            }
            if (t instanceof HttpConnectTimeoutException || t instanceof TimeoutException) {
                return "no answer within the time limit";
            }
            if (t instanceof ConnectException && t.getCause() == null) {
                return t.getMessage() == null ? "connection refused" : t.getMessage();
            }
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
