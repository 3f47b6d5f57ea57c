package io.hindcast.news.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.news.PublishedTime;
import io.hindcast.runtime.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArticlePageTest {

    @TempDir
    Path folder;

    private static final URI AT = URI.create("https://news.example/markets/a-1?utm_source=x");
    private static final String TEXT = "This is a paragraph of the article, long enough to be one. ".repeat(3);
    private static final String PAGE = """
            <html><head><title>x</title><link rel=canonical href="https://www.news.example/markets/a-1">
            <script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"n"},{"@type":["NewsArticle"],
            "headline":"Bitcoin &amp; co rise","datePublished":"2022-02-01T10:00:00+0200","description":"They rose.",
            "publisher":{"name":"Example News"}}]}</script></head><body>
            <nav><p>Menu, with some words that are many but no article at all, really.</p></nav>
            <div class="k8s3"><p>%s</p><div data-testid="inarticle-ad"><p>Buy this thing now, it is the best one.</p></div><p>%s</p></div>
            <footer><p>Some legal text that nobody ever reads in full, in many words.</p></footer></body></html>""".formatted(TEXT, TEXT);

    private static ArticlePage read(String html, URI at) throws UnrecognisedPageException {
        return ArticlePage.parse(Jsoup.parse(html, at.toString()), at);
    }

    private static ArticlePage real(String file, String at) throws Exception {
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(SharedData.file("fixtures/crypto-news-sites/" + file)))) {
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8), URI.create(at));
        }
    }

    @Test
    void readsMetadataAndMainContent() throws Exception {
        ArticlePage article = read(PAGE, AT);
        assertThat(article.address()).hasToString("https://www.news.example/markets/a-1");
        assertThat(article.title()).isEqualTo("Bitcoin & co rise");
        assertThat(article.summary()).isEqualTo("They rose.");
        assertThat(article.source()).contains("Example News");
        assertThat(article.published().map(PublishedTime::at)).contains(Instant.parse("2022-02-01T08:00:00Z"));
        assertThat(article.body()).isEqualTo(TEXT.strip() + "\n\n" + TEXT.strip());
    }

    @Test
    void readsPageWithoutMetadata() throws Exception {
        String bare = PAGE.replaceAll("(?s)<script.*?</script>", "")
                .replace(
                        "<nav>", "<h1>Bitcoin &amp; co rise</h1><time datetime='2022-02-01T08:00:00'>then</time><nav>");
        ArticlePage article = read(bare, AT);
        assertThat(article.title()).isEqualTo("Bitcoin & co rise");
        assertThat(article.published())
                .as("a time without a zone, at its latest")
                .contains(PublishedTime.estimated(Instant.parse("2022-02-01T20:00:00Z")));
        assertThat(article.body()).startsWith(TEXT.strip());
    }

    @Test
    void ignoresCanonicalAddressOnAnotherSite() throws Exception {
        String lying = PAGE.replace("https://www.news.example/markets/a-1", "https://other.example/b");
        assertThat(read(lying, AT).address()).hasToString("https://news.example/markets/a-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "<html><body><h1>Title</h1><p>Short.</p></body></html>",
                "{\"json\": true}",
                "<script type='application/ld+json'>{broken</script><h1>T</h1>",
                "\u0000\u0001\uffff<p<p<p"
            })
    void refusesPageThatIsNoArticle(String html) {
        assertThatThrownBy(() -> read(html, AT))
                .isInstanceOf(UnrecognisedPageException.class)
                .hasMessageContaining("is not built as expected");
    }

    @Test
    void readsSavedPageOfCoinDesk() throws Exception {
        ArticlePage article = real("coindesk-article.html.gz", "https://www.coindesk.com/x");
        assertThat(article.address())
                .hasToString("https://www.coindesk.com/markets/2025/04/07/"
                        + "bitcoin-pops-and-drops-as-markets-swing-wildly-on-tariff-news");
        assertThat(article.title()).isEqualTo("Why Did Bitcoin Price (BTC) Swing Nearly 10% in Minutes?");
        assertThat(article.source()).contains("CoinDesk");
        assertThat(article.published().map(PublishedTime::at)).contains(Instant.parse("2025-04-07T15:07:35.128Z"));
        assertThat(article.body()).contains("tariff").hasSizeGreaterThan(600);
    }

    @Test
    void readsSavedPageOfDecrypt() throws Exception {
        ArticlePage article = real("decrypt-article.html.gz", "https://decrypt.co/313854/x");
        assertThat(article.address()).hasToString("https://decrypt.co/313854/tariffs-billionaire-investor-ray-dalio");
        assertThat(article.title()).startsWith("Tariffs Are Just the Tip of the Iceberg");
        assertThat(article.source()).contains("Decrypt");
        assertThat(article.published().map(PublishedTime::at)).contains(Instant.parse("2025-04-08T06:15:56Z"));
        assertThat(article.body()).contains("Dalio").hasSizeGreaterThan(600);
    }

    @Test
    void savesPageWithUnpairedSurrogate() throws IOException {
        SavedPages copies = new SavedPages(folder);
        UnrecognisedPageException page = new UnrecognisedPageException(AT, "anything", "before \ud83d after");
        assertThat(copies.save(page, "yahoo", Instant.EPOCH).orElseThrow())
                .content()
                .endsWith("before ? after");
    }
}
