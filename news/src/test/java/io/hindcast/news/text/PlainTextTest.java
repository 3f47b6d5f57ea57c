package io.hindcast.news.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.runtime.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " → ",
            quoteCharacter = '`',
            value = {
                "Before Spot Bitcoin ETF \\x93 Analyst → Before Spot Bitcoin ETF – Analyst",
                "a \\x9cconsiderable\\x9d appetite → a “considerable” appetite",
                "\\x9cThe application.\\x9d → “The application.”",
                "He said \\x93yes, we can\\x94. → He said “yes, we can”.",
                "USD 10,000 \\x94 USD 20,000 → USD 10,000 — USD 20,000",
                "become \\x9caÂ\\xa0metaverseÂ\\xa0company,\\x9dÂ\\xa0 Facebook → become “a metaverse company,” Facebook",
                "PaweÅ\\x82 Wojciechowski → Paweł Wojciechowski",
                "newcomer Ã\\x89ric → newcomer Éric",
                "\\xe2\\x80\\x9cwhole\\xe2\\x80\\x9d → “whole”",
                "itâ€™s whatâ€¦ → it’s what…",
                "caf\\xc3\\xa9 and cafÃ© → café and café",
                "it\\x27s → it's",
                "don\\x92t, don\\x99t → don’t, don’t",
                "the café’” is naïve, É » → the café’” is naïve, É »",
                "Ümläut „so“ – fine — ₿ € 5 → Ümläut „so“ – fine — ₿ € 5",
                "C:\\xyz stays → C:\\xyz stays",
                "AT&amp;T &amp;#8217;s &lt;b&gt; → AT&T ’s <b>",
                "<p>One<br>two</p><script>x()</script><style>p{}</style> <b>th</b>ree → One two three",
                "1 < 2 and a > b → 1 < 2 and a > b"
            })
    void repairsText(String given, String meant) {
        assertThat(PlainText.line(given)).isEqualTo(meant);
    }

    @Test
    void repairIsIdempotent() {
        String once = PlainText.line("\\x9cPaweÅ\\x82\\x9d – cafÃ© …");
        assertThat(PlainText.line(once)).isEqualTo(once);
    }

    @Test
    void separatesParagraphsAndSkipsElementsWithoutText() {
        String html = "<div><h2>Head</h2><p>One <a href=x>link</a>.</p>\n<ul><li>Item&nbsp;1<li>Item 2</ul>"
                + "<figure><figcaption>Photo</figcaption></figure><aside>More</aside>tail</div>";
        assertThat(PlainText.paragraphs(Jsoup.parseBodyFragment(html).body()))
                .isEqualTo("Head\n\nOne link.\n\nItem 1\n\nItem 2\n\ntail");
    }

    @Test
    void shortensAtSpaceAndNeverInsideCharacter() {
        assertThat(PlainText.shortened("one two three", 9)).isEqualTo("one two…");
        assertThat(PlainText.shortened("one", 3)).isEqualTo("one");
        for (int longest = 2; longest < 10; longest++) {
            String cut = PlainText.shortened("🙂🙂🙂🙂🙂🙂", longest);
            assertThat(cut.length()).isLessThanOrEqualTo(longest);
            assertThat(cut).doesNotContainPattern("[\\ud800-\\udbff](?![\\udc00-\\udfff])");
        }
    }

    @Test
    void repairsAllEscapesOfSavedArchive() throws IOException {
        int repaired = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(
                        SharedData.file("news-cointelegraph-cryptonews-cryptopotato-2021-10-2022-07.jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.replace("\\\\x", "\\x").replace("\\\"", "\"");
                String clean = PlainText.clean(text);
                assertThat(clean)
                        .doesNotContain("\\x")
                        .doesNotContainPattern("[\\u0080-\\u009f\\ue000-\\uf8ff]|Â\\s|Ã[\\u0080-\\u00bf]");
                repaired += text.contains("\\x") ? 1 : 0;
            }
        }
        assertThat(repaired).isEqualTo(567);
    }
}
