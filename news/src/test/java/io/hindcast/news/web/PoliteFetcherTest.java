package io.hindcast.news.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hindcast.news.PageServer;
import io.hindcast.news.web.FetchException.Reason;
import io.hindcast.runtime.FakeWallTimer;
import io.hindcast.runtime.WallTimer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliteFetcherTest {

    private static final Instant NOW = Instant.parse("2022-02-01T09:00:00Z");
    private static final FetchSettings SETTINGS = new FetchSettings(
            "Hindcast/0 (test)",
            new FetchSettings.Politeness(Duration.ofSeconds(2), 1),
            new FetchSettings.Limits(100_000, Duration.ofMillis(700), Duration.ofMillis(500), 3, 3),
            Set.of(PageServer.HOST));

    private final PageServer server = new PageServer();
    private final FakeWallTimer waits = new FakeWallTimer(NOW);
    private final PoliteFetcher fetcher = new PoliteFetcher(
            SETTINGS, new PublicAddressResolver(SETTINGS.allowPrivate()), waits, waits, new Random(1));

    @AfterEach
    void close() {
        fetcher.close();
        server.close();
    }

    private FetchedPage fetch(String path) throws FetchException, InterruptedException {
        return fetcher.fetch(server.at(path), MediaTypes.HTML);
    }

    private void assertRefused(Reason reason, ThrowingCallable fetch) {
        assertThatThrownBy(fetch)
                .isInstanceOfSatisfying(
                        FetchException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void fetchesPageWithUserAgent() throws Exception {
        server.on("/a", exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("User-Agent")).isEqualTo("Hindcast/0 (test)");
            PageServer.answer(exchange, 200, "text/html; charset=utf-8", "<title>Ä</title>");
        });
        FetchedPage page = fetch("/a");
        assertThat(page.html().title()).isEqualTo("Ä");
        assertThat(page.address()).isEqualTo(server.at("/a"));
        assertThat(server.requests()).containsExactly("/robots.txt", "/a");
    }

    @Test
    void respectsRobotsTxt() throws Exception {
        server.on(
                "/robots.txt",
                exchange -> PageServer.answer(
                        exchange,
                        200,
                        "text/plain",
                        "User-agent: *\nDisallow: /\n\nUser-agent: hindcast\nDisallow: /private\n"));
        server.html("/private/a", "secret").html("/public", "fine");
        assertRefused(Reason.ROBOTS, () -> fetch("/private/a"));
        assertThat(fetch("/public").html().text()).isEqualTo("fine");
        assertThat(server.requests("/private/a")).isZero();
        assertThat(server.requests("/robots.txt")).isEqualTo(1);
    }

    @Test
    void fetchesNothingWhileRobotsTxtIsUnreadable() throws Exception {
        server.status("/robots.txt", 500).html("/a", "fine");
        assertRefused(Reason.ROBOTS, () -> fetch("/a"));
        server.status("/robots.txt", 404);
        waits.advance(Duration.ofMinutes(11));
        assertThat(fetch("/a").html().text()).isEqualTo("fine");
    }

    @Test
    void pausesBetweenRequestsToOneHost() throws Exception {
        server.html("/a", "a").html("/b", "b");
        fetch("/a");
        fetch("/b");
        assertThat(waits.pauses()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(2));
        try (PageServer slow = new PageServer()) {
            slow.on(
                    "/robots.txt",
                    exchange -> PageServer.answer(exchange, 200, "text/plain", "User-agent: *\nCrawl-delay: 7\n"));
            slow.html("/a", "a").html("/b", "b");
            FakeWallTimer slowly = new FakeWallTimer(NOW);
            try (PoliteFetcher other = new PoliteFetcher(
                    SETTINGS, new PublicAddressResolver(Set.of(PageServer.HOST)), slowly, slowly, new Random(1))) {
                other.fetch(slow.at("/a"), MediaTypes.HTML);
                other.fetch(slow.at("/b"), MediaTypes.HTML);
            }
            assertThat(slowly.pauses()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(7));
        }
    }

    @Test
    void fetchesOnePageOfHostAtATime() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            server.on("/" + i, exchange -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                PageServer.answer(exchange, 200, "text/html", "here");
                now.decrementAndGet();
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<FetchedPage>> pages = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> fetch("/" + i)))
                    .toList();
            for (Future<FetchedPage> page : pages) {
                assertThat(page.get().html().text()).isEqualTo("here");
            }
        }
        assertThat(most).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"204,true", "202,true", "404,true", "403,true", "500,false", "429,false", "302,false"})
    void missingRobotsTxtAllowsAndFailingOneForbids(int status, boolean allowed) throws Exception {
        server.on("/robots.txt", exchange -> PageServer.answer(exchange, status, "text/plain", ""));
        server.html("/a", "fine");
        if (allowed) {
            assertThat(fetch("/a").html().text()).isEqualTo("fine");
        } else {
            assertRefused(Reason.ROBOTS, () -> fetch("/a"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:PORT/secret",
                "http://[::1]/",
                "http://10.1.2.3/robots.txt",
                "mailto:someone@example.com",
                "file:///etc/passwd",
                "//",
                "http://example.com:25/",
                "/robots.txt"
            })
    void followsNoRobotsTxtRedirectToForbiddenAddress(String target) throws Exception {
        try (PageServer secret = new PageServer()) {
            secret.html("/secret", "User-agent: *");
            server.redirect(
                            "/robots.txt",
                            target.replace("PORT", String.valueOf(secret.at("").getPort())))
                    .html("/a", "fine");
            assertRefused(Reason.ROBOTS, () -> fetch("/a"));
            assertThat(secret.requests()).isEmpty();
        }
    }

    @Test
    void doesNotWaitForRobotsTxtOfBlockedHost() throws Exception {
        server.on("/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "Wed, 02 Feb 2022 12:00:00 GMT");
            PageServer.answer(exchange, 429, "text/html", "later");
        });
        waits.advance(Duration.ofHours(2));
        assertRefused(Reason.DENIED, () -> fetch("/busy"));
        waits.advance(Duration.ofHours(5));
        int pauses = waits.pauses().size();
        try (PoliteFetcher other = new PoliteFetcher(
                SETTINGS, new PublicAddressResolver(SETTINGS.allowPrivate()), waits, waits, new Random(1))) {
            other.policy().statusFailure(server.at("/busy"), 429, "Wed, 02 Feb 2022 12:00:00 GMT");
            assertRefused(Reason.DENIED, () -> other.fetch(server.at("/a"), MediaTypes.HTML));
        }
        assertThat(waits.pauses()).as("pauses after the request").hasSize(pauses);
    }

    @Test
    void fetchesOnlyChangedPage() throws Exception {
        server.on("/feed", exchange -> {
            boolean same = "\"1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))
                    && "Tue, 01 Feb 2022 08:00:00 GMT"
                            .equals(exchange.getRequestHeaders().getFirst("If-Modified-Since"));
            exchange.getResponseHeaders().set("ETag", "\"1\"");
            exchange.getResponseHeaders().set("Last-Modified", "Tue, 01 Feb 2022 08:00:00 GMT");
            PageServer.answer(exchange, same ? 304 : 200, "text/xml", same ? "" : "<rss/>");
        });
        FetchedPage first = fetcher.fetchIfChanged(server.at("/feed"), MediaTypes.FEEDS);
        assertThat(first.unchanged()).isFalse();
        assertThat(fetcher.fetchIfChanged(server.at("/feed"), MediaTypes.FEEDS).unchanged())
                .as("not processed yet")
                .isFalse();
        fetcher.markProcessed(server.at("/feed"), first);
        assertThat(fetcher.fetchIfChanged(server.at("/feed"), MediaTypes.FEEDS).unchanged())
                .isTrue();
    }

    @Test
    void followsRedirectsAndReturnsFinalAddress() throws Exception {
        server.redirect("/short", "/way?utm_source=x")
                .redirect("/way", server.at("/a").toString())
                .html("/a", "here");
        assertThat(fetch("/short").address()).isEqualTo(server.at("/a"));
        server.redirect("/loop", "/loop");
        assertRefused(Reason.BAD_ADDRESS, () -> fetch("/loop"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1/",
                "http://localhost/",
                "http://10.1.2.3/",
                "http://169.254.169.254/latest/meta-data",
                "http://[::1]/",
                "http://[::ffff:127.0.0.2]/",
                "http://0.0.0.0/",
                "http://2130706434/",
                "file:///etc/passwd",
                "ftp://example.com/a",
                "http://user@127.0.0.1/",
                "http://127.0.0.2:8080/",
                "gopher:"
            })
    void followsNoRedirectToPrivateAddress(String target) {
        server.redirect("/a", target);
        assertThatThrownBy(() -> fetch("/a"))
                .isInstanceOfSatisfying(
                        FetchException.class,
                        e -> assertThat(e.reason()).isIn(Reason.PRIVATE_ADDRESS, Reason.BAD_ADDRESS));
    }

    @Test
    void resistsDnsRebinding() {
        AtomicInteger asked = new AtomicInteger();
        PublicAddressResolver resolver = new PublicAddressResolver(Set.of(), host -> new InetAddress[] {
            InetAddress.getByName(asked.getAndIncrement() == 0 ? "93.184.216.34" : PageServer.HOST)
        });
        try (PoliteFetcher careful = new PoliteFetcher(SETTINGS, resolver, waits, waits, new Random(1))) {
            assertThatThrownBy(() -> careful.fetch(URI.create("http://rebinding.example/a"), MediaTypes.HTML))
                    .isInstanceOf(FetchException.class);
        }
        assertThat(asked.get()).isGreaterThan(1);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void connectsToNoPrivateAddressUnlessAllowed() {
        try (PoliteFetcher careful =
                new PoliteFetcher(SETTINGS, new PublicAddressResolver(Set.of()), waits, waits, new Random(1))) {
            assertRefused(Reason.BAD_ADDRESS, () -> careful.fetch(server.at("/a"), MediaTypes.HTML));
            assertRefused(
                    Reason.PRIVATE_ADDRESS, () -> careful.fetch(URI.create("http://127.0.0.1/a"), MediaTypes.HTML));
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void abortsPageOf200Megabytes() {
        server.flood("/flood", "text/html", 200_000_000);
        assertRefused(Reason.TOO_LARGE, () -> fetch("/flood"));
        await().until(() -> server.requests("/flood cut off") == 1);
    }

    @Test
    void abortsPageThatUncompressesTo200Megabytes() {
        server.packedFlood("/flood", "text/html", 200_000_000);
        assertRefused(Reason.TOO_LARGE, () -> fetch("/flood"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "X: y\r\n"})
    void abortsEndlessHeaders(String part) throws Exception {
        try (ServerSocket endless = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AtomicLong sent = new AtomicLong();
            Thread.ofVirtual().start(() -> {
                try (Socket client = endless.accept()) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                    byte[] block = part.repeat(10_000).getBytes(StandardCharsets.US_ASCII);
                    for (; sent.get() < 200_000_000; sent.addAndGet(block.length)) {
                        client.getOutputStream().write(block);
                    }
                } catch (IOException cutOff) {
                    sent.addAndGet(1_000_000_000);
                }
            });
            try (GuardedHttpClient http = new GuardedHttpClient(
                    SETTINGS, new PublicAddressResolver(SETTINGS.allowPrivate()), WallTimer.system())) {
                URI page = URI.create("http://" + PageServer.HOST + ":" + endless.getLocalPort() + "/a");
                assertRefused(Reason.UNREACHABLE, () -> http.get(page, Map.of(), 100_000));
            }
            await().until(() -> sent.get() > 1_000_000_000);
            assertThat(sent.get()).as("bytes before the connection was closed").isLessThan(1_050_000_000);
        }
    }

    @Test
    void abortsDrippingResponse() {
        try (PoliteFetcher real = new PoliteFetcher(
                SETTINGS,
                new PublicAddressResolver(SETTINGS.allowPrivate()),
                WallTimer.system(),
                InstantSource.system(),
                new Random(1))) {
            server.drip("/drip", "text/html");
            assertRefused(Reason.TOO_SLOW, () -> real.fetch(server.at("/drip"), MediaTypes.HTML));
            await().until(() -> server.requests("/drip cut off") == 1);
        }
    }

    @Test
    void refusesOtherMediaTypes() {
        server.on("/a.zip", exchange -> PageServer.answer(exchange, 200, "application/zip", "PK"));
        assertRefused(Reason.BAD_TYPE, () -> fetch("/a.zip"));
    }

    @ParameterizedTest
    @CsvSource({"401,DENIED,1", "403,DENIED,1", "404,GONE,1", "410,GONE,1", "500,SERVER,3", "502,SERVER,3"})
    void retriesTransientFailuresOnly(int status, Reason reason, int requests) {
        server.status("/a", status);
        assertRefused(reason, () -> fetch("/a"));
        assertThat(server.requests("/a")).isEqualTo(requests);
    }

    @Test
    void respectsRetryAfter() throws Exception {
        server.on("/busy", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "600");
            PageServer.answer(exchange, 429, "text/html", "later");
        });
        server.html("/a", "a");
        assertRefused(Reason.DENIED, () -> fetch("/busy"));
        assertRefused(Reason.DENIED, () -> fetch("/a"));
        assertThat(server.requests("/a")).isZero();
        waits.advance(Duration.ofMinutes(10));
        assertThat(fetch("/a").html().text()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8,true",
        "1.1.1.1,true",
        "2606:4700:4700::1111,true",
        "64:ff9b::808:808,true",
        "127.0.0.1,false",
        "127.9.9.9,false",
        "10.0.0.1,false",
        "172.16.0.1,false",
        "172.31.255.255,false",
        "192.168.1.1,false",
        "169.254.169.254,false",
        "100.64.0.1,false",
        "0.0.0.0,false",
        "0.1.2.3,false",
        "198.18.0.1,false",
        "192.0.2.1,false",
        "203.0.113.5,false",
        "224.0.0.1,false",
        "240.0.0.1,false",
        "255.255.255.255,false",
        "::1,false",
        "::,false",
        "fe80::1,false",
        "fc00::1,false",
        "fd12::1,false",
        "ff02::1,false",
        "::ffff:10.0.0.1,false",
        "64:ff9b::a00:1,false",
        "2002:a00:1::1,false",
        "2001:db8::1,false",
        "64:ff9b:1::808:808,false",
        "3fff::1,false",
        "172.32.0.1,true",
        "100.128.0.1,true",
        "192.0.1.1,true"
    })
    void distinguishesPublicAddresses(String address, boolean isPublic) throws Exception {
        assertThat(PublicAddressResolver.isPublic(InetAddress.getByName(address)))
                .isEqualTo(isPublic);
    }
}
