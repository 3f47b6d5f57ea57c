package io.hindcast.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hindcast.api.market.Symbol;
import io.hindcast.api.news.ArticleOrigin;
import io.hindcast.api.news.ArticleUrl;
import io.hindcast.api.news.DiscoverArticle;
import io.hindcast.api.news.PublishedTime;
import io.hindcast.api.news.RecordArticleContent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WellFormedTextTest {

    private static final String HALVES = "up \ud83d and \ude80 down \ude80\ud83d";
    private static final String WHOLE = "up \ufffd and \ufffd down \ufffd\ufffd";

    @ParameterizedTest
    @CsvSource({"'',''", "abc,abc", "é€,é€"})
    void keepsWholeCharacters(String text, String same) {
        assertThat(WellFormedText.of(text)).isEqualTo(same);
        assertThat(WellFormedText.of("\ud83d\ude80")).isEqualTo("\ud83d\ude80");
    }

    @Test
    void commandsReplaceLoneSurrogates() throws Exception {
        assertThat(WellFormedText.of(HALVES)).isEqualTo(WHOLE);
        DiscoverArticle command = new DiscoverArticle(
                new ArticleUrl("https://example.com/\ud83d"),
                "rss:example",
                HALVES,
                List.of(new Symbol("BTCUSDT")),
                HALVES,
                HALVES,
                PublishedTime.stated(Instant.EPOCH),
                ArticleOrigin.LIVE,
                Instant.EPOCH);
        assertThat(List.of(command.source(), command.title(), command.summary()))
                .containsOnly(WHOLE);
        assertThat(command.url()).hasToString("https://example.com/%EF%BF%BD");
        RecordArticleContent content = new RecordArticleContent(command.articleId(), HALVES, Instant.EPOCH);
        assertThat(content.body()).isEqualTo(WHOLE);
        byte[] json = HindcastJson.mapper().writeValueAsBytes(command);
        assertThat(HindcastJson.mapper().readValue(json, DiscoverArticle.class)).isEqualTo(command);
        assertThat(new String(json, StandardCharsets.UTF_8)).contains("up \ufffd and");
    }
}
