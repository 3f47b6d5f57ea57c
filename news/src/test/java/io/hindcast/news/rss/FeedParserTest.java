package io.hindcast.news.rss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.news.PublishedTime;
import io.hindcast.news.page.UnrecognisedPageException;
import io.hindcast.news.web.FetchedPage;
import io.hindcast.runtime.SharedData;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedParserTest {

    private static final URI FEED = URI.create("https://news.example/feeds/all.xml");

    private static ParsedFeed read(byte[] body) throws UnrecognisedPageException {
        return FeedParser.parse(new FetchedPage(FEED, false, "", null, body, null, null));
    }

    private static ParsedFeed read(String text) throws UnrecognisedPageException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ParsedFeed rss(String... items) throws UnrecognisedPageException {
        return read("<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>Paper</title>"
                + "<link>https://paper.example/</link><description>d</description>" + String.join("", items)
                + "</channel></rss>");
    }

    private static String item(String title, String inner) {
        return "<item><title>" + title + "</title>" + inner + "</item>";
    }

    private static List<String> links(ParsedFeed feed) {
        return feed.items().stream().map(item -> item.link().value()).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " → ",
            quoteCharacter = '`',
            value = {
                "<link>/story/a</link> → https://paper.example/story/a",
                "<link>story/a?b=1&amp;c=2</link> → https://paper.example/story/a?b=1&c=2",
                "<link>//other.example/a</link> → https://other.example/a",
                "<link>   https://paper.example/a </link> → https://paper.example/a",
                "<link>https://paper.example/gains-50%-today</link> → https://paper.example/gains-50%25-today",
                "<link>https://paper.example/a b</link> → https://paper.example/a%20b",
                "<link><![CDATA[https://paper.example/a]]></link> → https://paper.example/a",
                "<guid>https://paper.example/a</guid> → https://paper.example/a",
                "<guid isPermaLink='true'>https://paper.example/a</guid> → https://paper.example/a",
                "<link></link><guid>https://paper.example/a</guid> → https://paper.example/a",
                "<atom:link rel='self' href='https://x.example/f'/><atom:link href='/b'/> → https://paper.example/b",
                "<link xml:base='https://cdn.example/x/'>a</link> → https://cdn.example/x/a"
            })
    void findsLink(String inner, String link) throws Exception {
        assertThat(links(rss(item("Bitcoin", inner)))).containsExactly(link);
    }

    @Test
    void resolvesAtomLinksAgainstNestedBases() throws Exception {
        ParsedFeed feed =
                read("<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/x/'><title>T</title>"
                        + "<entry xml:base='y/'><title>One</title><link rel='enclosure' href='no'/><link href='1'/></entry>"
                        + "<entry><title>Two</title><link rel='alternate' href='/2'/></entry>"
                        + "<entry><title>Three</title><id>https://a.example/3</id></entry></feed>");
        assertThat(links(feed))
                .containsExactly("https://a.example/x/y/1", "https://a.example/2", "https://a.example/3");
        ParsedFeed noBase = read("<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>One</a:title>"
                + "<a:link href='../1'/></a:entry></a:feed>");
        assertThat(links(noBase)).containsExactly("https://news.example/1");
    }

    @Test
    void reportsUnreadableItemsAndReadsTheOthers() throws Exception {
        ParsedFeed feed = rss(
                item("Good", "<link>/a</link>"),
                item("", "<link>/b</link>"),
                item("No link", "<guid isPermaLink='false'>7</guid>"),
                item("Bad link", "<link>mailto:somebody@paper.example</link>"));
        assertThat(links(feed)).containsExactly("https://paper.example/a");
        assertThat(feed.unreadable()).hasSize(3);
        assertThat(feed.problem().orElseThrow())
                .startsWith("3 of 4 items could not be read")
                .contains("no title with the link https://paper.example/b");
        assertThat(rss(item("Good", "<link>/a</link>")).problem()).isEmpty();
    }

    @Test
    void readsControlCharactersUndeclaredPrefixesAndUnknownEntities() throws Exception {
        ParsedFeed feed = rss(item(
                "Bit\bcoin&nbsp;&rsquo;s \u000b&unknown; & <b>week",
                "<link>/a</link><media:content url='x'/><dc:date>2026-11-28T17:29:33Z</dc:date>"));
        assertThat(feed.items().getFirst().title()).startsWith("Bitcoin ’s &unknown; &");
        assertThat(feed.items().getFirst().published())
                .contains(PublishedTime.stated(Instant.parse("2026-11-28T17:29:33Z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " → ",
            value = {
                "<pubDate>Sat, 28 Nov 2026 17:29:33 GMT</pubDate> → 2026-11-28T17:29:33Z",
                "<pubDate>28 Nov 2026</pubDate><dc:date>2026-11-28T17:29:33Z</dc:date> → 2026-11-28T17:29:33Z",
                "<pubDate>28 Nov 2026</pubDate> → 2026-11-29T12:00:00Z",
                "<dc:date>2026-11-28</dc:date> → 2026-11-29T12:00:00Z",
                "<dc:date>2026-11</dc:date> → 2026-12-01T12:00:00Z",
                "<pubDate>Sat, 28 Nov 2026 00:00:00 GMT</pubDate> → 2026-11-29T12:00:00Z",
                "<updated>2026-11-28T17:29:33Z</updated> → 2026-11-28T17:29:33Z"
            })
    void readsMostPreciseDateAtItsLatestMoment(String dates, Instant latest) throws Exception {
        assertThat(rss(item("Bitcoin", "<link>/a</link>" + dates))
                        .items()
                        .getFirst()
                        .published()
                        .map(PublishedTime::at))
                .contains(latest);
    }

    @Test
    void countsImpreciseDates() throws Exception {
        ParsedFeed feed = rss(
                item("One", "<link>/1</link><pubDate>28 Nov 2026</pubDate>"),
                item("Two", "<link>/2</link><pubDate>last Thursday</pubDate>"),
                item("Three", "<link>/3</link><pubDate>Sat, 28 Nov 2026 17:29:33 GMT</pubDate>"),
                item("Four", "<link>/4</link>"));
        assertThat(feed.items()).hasSize(4);
        assertThat(feed.impreciseDates().orElseThrow())
                .contains("1 of 4 items are dated by day", "1 of 4 items have a date that is not a time")
                .contains("'last Thursday'");
    }

    @Test
    void readsCompleteItemsOfTruncatedFeed() throws Exception {
        String whole = "<?xml version='1.0'?><rss version='2.0'><channel><title>Paper</title>"
                + item("One", "<link>https://paper.example/story/one</link><description>1</description>")
                + item("Two", "<link>https://paper.example/story/two</link><description>2</description>")
                + "</channel></rss>";
        for (int end = whole.indexOf("<channel>"); end < whole.length(); end++) {
            ParsedFeed feed = read(whole.substring(0, end));
            int closed = whole.substring(0, end).split("</item>", -1).length - 1;
            assertThat(links(feed))
                    .as(whole.substring(0, end))
                    .isEqualTo(List.of("https://paper.example/story/one", "https://paper.example/story/two")
                            .subList(0, closed));
            assertThat(feed.truncated())
                    .as(whole.substring(0, end))
                    .isEqualTo(!whole.substring(0, end).contains("</rss"));
        }
    }

    @Test
    void readsEmptyFeed() throws Exception {
        assertThat(rss().items()).isEmpty();
        assertThat(rss().problem()).isEmpty();
        assertThat(read("<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title></feed>")
                        .problem())
                .isEmpty();
    }

    @Test
    void countsSkippedItems() throws Exception {
        ParsedFeed feed = rss(IntStream.range(0, 230)
                .mapToObj(i -> item("Title " + i, "<link>/" + i + "</link>"))
                .collect(Collectors.joining()));
        assertThat(feed.items()).hasSize(200);
        assertThat(feed.skipped()).isEqualTo(30);
    }

    @Test
    void readsRdfAndXhtmlAndOtherEncodings() throws Exception {
        assertThat(read("<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel><title>T</title></channel>"
                                + "<item><title>One</title><link>https://a.example/1</link><dc:subject>BTC</dc:subject></item></rdf:RDF>")
                        .items())
                .singleElement()
                .matches(item -> item.tags().equals("BTC"));
        assertThat(read("<feed><entry><title type='xhtml'><div>Bit <b>coin</b></div></title><link href='/1'/>"
                                + "<content type='xhtml'><div><p>" + "word ".repeat(100)
                                + "</p></div></content></entry></feed>")
                        .items())
                .singleElement()
                .matches(item -> item.title().equals("Bit coin") && item.body().startsWith("word word"));
        for (Charset charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16)) {
            byte[] body = ("<?xml version='1.0' encoding='" + charset + "'?><rss><channel>"
                            + item("Café", "<link>https://a.example/1</link>") + "</channel></rss>")
                    .getBytes(charset);
            assertThat(read(body).items().getFirst().title()).as(charset.name()).isEqualTo("Café");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "garbage", "{}", "{\"version\":\"1\"}", "<html><body>We moved</body></html>", "\u0000\u0001"
            })
    void refusesOtherDocuments(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UnrecognisedPageException.class)
                .hasMessageContaining("RSS, Atom or JSON feed");
    }

    @Test
    void refusesFeedWithEntityDeclarations() {
        assertThatThrownBy(() -> read("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><rss><channel>"
                        + item("&e;", "<link>https://a.example/1</link>") + "</channel></rss>"))
                .isInstanceOf(UnrecognisedPageException.class)
                .hasMessageContaining("entities");
    }

    @ParameterizedTest
    @CsvSource({
        "atom, 2, false",
        "control, 1, false",
        "cut, 1, true",
        "dates, 7, false",
        "empty, 0, false",
        "jsonfeed, 1, false",
        "links, 5, false",
        "nodate, 1, false",
        "prefix, 1, false",
        "type-html, 1, false",
        "type-none, 1, false",
        "type-octet, 1, false",
        "type-text, 1, false",
        "type-xrss, 1, false"
    })
    void readsFeedsFoundInTheWild(String name, int items, boolean truncated)
            throws IOException, UnrecognisedPageException {
        ParsedFeed feed = read(Files.readAllBytes(SharedData.file("trouble/feeds/" + name + ".xml")));
        assertThat(feed.items()).hasSize(items).allSatisfy(item -> {
            assertThat(item.link().value()).startsWith("http://127.0.0.1:8000/story/");
            assertThat(item.title()).startsWith("Bitcoin ").matches("[\\x20-\\x7e]+");
        });
        assertThat(feed.unreadable()).isEmpty();
        assertThat(feed.malformedDates()).isEmpty();
        assertThat(feed.truncated()).isEqualTo(truncated);
        if (name.equals("dates")) {
            assertThat(feed.items())
                    .allMatch(item ->
                            !item.published().orElseThrow().at().isBefore(Instant.parse("2026-11-28T17:29:00Z")));
        }
    }
}
