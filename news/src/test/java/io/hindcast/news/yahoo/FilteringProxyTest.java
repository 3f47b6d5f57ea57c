package io.hindcast.news.yahoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.news.PageServer;
import io.hindcast.news.web.PublicAddressResolver;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilteringProxyTest {

    private final PageServer server = new PageServer();
    private final AtomicInteger tooMuch = new AtomicInteger();
    private final FilteringProxy.Rules rules = new FilteringProxy.Rules(
            new PublicAddressResolver(Set.of(PageServer.HOST)), host -> !host.endsWith(".example"), 100_000);
    private final FilteringProxy proxy = new FilteringProxy(tooMuch::incrementAndGet);

    @BeforeEach
    void beginPage() {
        proxy.beginPage(rules);
    }

    @AfterEach
    void close() {
        proxy.close();
        server.close();
    }

    private String ask(String request) throws IOException {
        URI address = URI.create(proxy.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** A refusal (403) differs from a failed connection (502). */
    @ParameterizedTest
    @CsvSource({
        "CONNECT localhost:443,403",
        "GET http://localhost/,403",
        "GET http://10.0.0.1/,403",
        "GET http://[::1]/,403",
        "CONNECT 169.254.169.254:80,403",
        "GET http://2130706433/,403",
        "CONNECT 8.8.8.8:22,403",
        "GET http://8.8.8.8:8080/,403",
        "GET http://ads.example/,403",
        "CONNECT ads.example:443,403",
        "GET nonsense,403",
        "GET http://127.0.0.1:1/,502",
        "CONNECT 127.0.0.1:1,502"
    })
    void refuses(String request, int status) throws IOException {
        assertThat(ask(request + " HTTP/1.1")).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void forwardsAllowedRequest() throws IOException {
        server.html("/a", "here");
        assertThat(ask("GET " + server.at("/a") + " HTTP/1.1\r\nHost: x"))
                .contains("200 OK")
                .endsWith("here");
        assertThat(tooMuch).hasValue(0);
    }

    @Test
    void limitsBytesOfPageOverAllConnections() throws IOException {
        server.html("/a", "a".repeat(60_000));
        String get = "GET " + server.at("/a") + " HTTP/1.1\r\nHost: x";
        assertThat(ask(get).length()).isGreaterThan(60_000);
        assertThat(ask(get).length()).isLessThan(60_000);
        assertThat(tooMuch).hasValue(1);
        proxy.beginPage(rules);
        assertThat(ask(get).length()).isGreaterThan(60_000);
        assertThat(tooMuch).hasValue(1);
    }
}
