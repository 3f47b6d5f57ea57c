package io.hindcast.news.yahoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.news.PageServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reach of pages in the real browser: allowed hosts only. A second server on this machine stands for private hosts. */
class YahooReachTest {

    private static final String SECRET = "localhost";

    private static final SharedBrowser BROWSER = new SharedBrowser();

    @TempDir
    Path folder;

    @AfterAll
    static void closeBrowser() {
        BROWSER.close();
    }

    /**
     * Each way in which a script can request an address. The page shows its story after success or failure, so the
     * request is over when the page is read.
     */
    private static final List<String> WAYS = List.of(
            "fetch('THERE', {mode: 'no-cors'}).then(show, show)",
            "let x = new XMLHttpRequest(); x.onloadend = show; x.open('GET', 'THERE'); x.send()",
            "let e = document.createElement('script'); e.onload = e.onerror = show; e.src = 'THERE'; document.body.append(e)",
            "let e = document.createElement('link'); e.rel = 'stylesheet'; e.onload = e.onerror = show; e.href = 'THERE';"
                    + " document.body.append(e)",
            "let e = document.createElement('iframe'); e.onload = show; e.src = 'THERE'; document.body.append(e)",
            "let w = new WebSocket('THERE'.replace('http', 'ws')); w.onclose = show");

    private static String page(String way, String there) {
        return "<html><body><div id='stream'></div><script>"
                + "const show = () => fetch('/stories').then(a => a.text()).then(html => stream.innerHTML = html);"
                + way.replace("THERE", there) + "</script></body></html>";
    }

    /** Returns the requests to the other server while a page with such a script is read. */
    private List<String> askedFor(String way, boolean allowed) throws Exception {
        try (YahooRig rig = allowed ? new YahooRig(folder, SECRET) : new YahooRig(folder);
                PageServer secret = new PageServer()) {
            rig.shared = BROWSER;
            rig.hosts = allowed ? List.of(PageServer.HOST, SECRET) : List.of(PageServer.HOST);
            secret.html("/secret", "secret");
            List<String> stories = rig.site.generated(1);
            rig.server.html("/stories", String.join("", stories));
            rig.site
                    .behindConsent(page(way, secret.at("/secret").toString().replace(PageServer.HOST, SECRET)))
                    .articles(stories, YahooSite.ARTICLE);
            rig.maxStories = 1;
            rig.scrollWaits = List.of(Duration.ofSeconds(15));
            rig.collect();
            assertThat(rig.bus.articles())
                    .as("the page was read: %s; %s", way, rig.problem())
                    .hasSize(1);
            return List.copyOf(secret.requests());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void blocksScriptsFromPrivateAddresses(int way) throws Exception {
        assertThat(askedFor(WAYS.get(way), false)).isEmpty();
        assertThat(askedFor(WAYS.get(way), true)).as("reachable if allowed").contains("/secret");
    }

    @Test
    void blocksRedirectsToPrivateAddresses() throws Exception {
        try (YahooRig rig = new YahooRig(folder);
                PageServer secret = new PageServer()) {
            rig.shared = BROWSER;
            List<String> stories = rig.site.generated(2);
            secret.html("/secret", String.join("", stories));
            String there = secret.at("/secret").toString().replace(PageServer.HOST, SECRET);
            rig.server.redirect(YahooSite.LISTING, there);
            rig.collect();
            assertThat(rig.problem()).isPresent();

            rig.site.listing(stories).articles(stories, YahooSite.ARTICLE);
            rig.server.redirect("/news/story-number-0-083520000.html", there);
            rig.maxStories = 2;
            rig.collect();
            assertThat(secret.requests()).isEmpty();
        }
    }

    @Test
    void blocksListedLinksToPrivateAddresses() throws Exception {
        try (YahooRig rig = new YahooRig(folder);
                PageServer secret = new PageServer()) {
            rig.shared = BROWSER;
            rig.hosts = List.of(PageServer.HOST, SECRET); // allowed as a host of the site, but private
            List<String> stories = rig.site.generated(1).stream()
                    .map(story -> story.replace(
                            rig.server.at("").toString(),
                            secret.at("").toString().replace(PageServer.HOST, SECRET)))
                    .toList();
            rig.site.listing(stories);
            rig.maxStories = 1;
            rig.collect();
            assertThat(rig.failures("BAD_ADDRESS") + rig.failures("PRIVATE_ADDRESS"))
                    .isEqualTo(1);
            assertThat(secret.requests()).isEmpty();
        }
    }
}
