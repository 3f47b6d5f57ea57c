package io.hindcast.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.market.Symbol;
import io.hindcast.news.web.PoliteFetcher;
import io.hindcast.runtime.FakeWallTimer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class NewsPropertiesTest {

    private static NewsProperties bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("hindcast.news", NewsProperties.class);
    }

    private static List<String> channels(NewsProperties properties) {
        FakeWallTimer waits = new FakeWallTimer(Instant.EPOCH);
        try (PoliteFetcher fetcher = NewsSources.fetcher(properties, waits, waits, new Random(1))) {
            return NewsSources.of(properties, List.of(new Symbol("BTCUSDT")), fetcher, Map.of(), waits).stream()
                    .map(NewsSource::channel)
                    .toList();
        }
    }

    @Test
    void collectsFromDefaultSourcesEveryHalfHour() {
        NewsProperties usual = bound(Map.of());
        assertThat(usual.schedule().after(Instant.parse("2022-02-01T09:07:00Z")))
                .isEqualTo("2022-02-01T09:30:00Z");
        assertThat(channels(usual)).containsExactly("rss:coindesk", "rss:cointelegraph", "rss:decrypt", "yahoo");
        assertThat(usual.fetch().allowPrivate()).isEmpty();
        assertThat(usual.fetch().userAgent()).startsWith("Hindcast/");
    }

    @Test
    void collectsFromConfiguredSources() {
        NewsProperties other = bound(Map.of(
                "hindcast.news.every", "10m",
                "hindcast.news.yahoo.enabled", "false",
                "hindcast.news.rss.mine", "https://example.com/feed",
                "hindcast.news.keywords.BTCUSDT", "bitcoin,sats"));
        assertThat(other.schedule().after(Instant.parse("2022-02-01T09:07:00Z")))
                .isEqualTo("2022-02-01T09:10:00Z");
        assertThat(channels(other)).containsExactly("rss:mine");
        assertThat(other.keywordsBySymbol()).containsEntry(new Symbol("BTCUSDT"), List.of("bitcoin", "sats"));
    }

    @Test
    void refusesInvalidSettings() {
        for (Map<String, String> bad :
                List.of(Map.of("hindcast.news.fetch.user-agent", " "), Map.of("hindcast.news.fetch.pause", "2h"))) {
            assertThatThrownBy(() -> bound(bad)).hasStackTraceContaining("BAD_SETTING");
        }
        assertThatThrownBy(() -> bound(Map.of("hindcast.news.every", "1s")).schedule())
                .hasMessageContaining("hindcast.news.every");
    }
}
