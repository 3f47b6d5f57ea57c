package io.hindcast.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hindcast.api.audit.AuditId;
import io.hindcast.api.market.MarketDayId;
import io.hindcast.api.market.Symbol;
import io.hindcast.api.model.ModelId;
import io.hindcast.api.model.VersionId;
import io.hindcast.api.news.ArticleId;
import io.hindcast.api.news.HeadlineDayId;
import io.hindcast.api.news.SentimentDayId;
import io.hindcast.api.prediction.PredictionDayId;
import io.hindcast.api.training.TrainingRunId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

    private static final JsonMapper JSON = HindcastJson.mapper();

    static Stream<Arguments> ids() {
        return Stream.of(
                id("BTCUSDT", Symbol::new),
                id("BTCUSDT:1m:2022-01-01", MarketDayId::parse),
                id("predictions:BTCUSDT:1m:2022-01-01", PredictionDayId::parse),
                id("lightgbm:BTCUSDT", ModelId::parse),
                id("tst:ETHUSDT:12", VersionId::parse),
                id("BTCUSDT/3/lightgbm/1", TrainingRunId::parse),
                id("article:0f1e2d3c4b5a69788796a5b4c3d2e1f0", ArticleId::new),
                id("headlines:2022-02-01", HeadlineDayId::parse),
                id("sentiment:BTCUSDT:2022-02-01", SentimentDayId::parse),
                id("audit:lightgbm:BTCUSDT:3:2022-05-01:2022-05-08:1652000000", AuditId::parse),
                id("audit:tst:币安人生USDT:12:2022-05-01:2022-05-02:scheduled", AuditId::parse),
                id("币安人生USDT", Symbol::new),
                id("币安人生USDT:1m:2022-01-01", MarketDayId::parse),
                id("predictions:币安人生USDT:1m:2022-01-01", PredictionDayId::parse),
                id("lightgbm:币安人生USDT", ModelId::parse),
                id("tst:币安人生USDT:12", VersionId::parse),
                id("币安人生USDT/3/lightgbm/1", TrainingRunId::parse),
                id("sentiment:币安人生USDT:2022-02-01", SentimentDayId::parse));
    }

    private static Arguments id(String text, Function<String, Object> parse) {
        return Arguments.of(text, parse);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void parsesFromItsText(String text, Function<String, Object> parse) throws JsonProcessingException {
        Object id = parse.apply(text);
        assertThat(id).hasToString(text);
        assertThat(JSON.writeValueAsString(id)).isEqualTo('"' + text + '"');
        assertThat((Object) JSON.readValue('"' + text + '"', id.getClass())).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                    | 0 characters",
                "B                     | 1 character",
                "ABCDEFGHIJKLMNOPQRSTU | 21 characters",
                "btcusdt               | with b, t, c, u, s, d",
                "BTC/USDT              | with /",
                "BTC:USDT              | with :",
                "BTC.USDT              | with .",
                "..                    | with .",
                "BTC%20USDT            | with %",
                "BTC USDT              | with U+0020",
                "BTC_USDT              | with _",
                "ÄÖÜUSDT               | with Ä, Ö, Ü",
                "éUSDT                 | with é",
                "ＢＴＣUSDT              | with Ｂ, Ｔ, Ｃ",
                "1000٣USDT             | with ٣"
            })
    void refusesMalformedSymbolAndNamesTheFault(String text, String fault) {
        assertThatThrownBy(() -> new Symbol(text))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(fault)
                .hasMessageContaining("like BTCUSDT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTC\nUSDT", "BTC\u200bUSDT", "BTC\u202eUSDT", "BTC\ud800USDT", "BTC😀USDT", "BTC\u0000"})
    void refusesSymbolsWithControlCharactersAndLoneSurrogates(String text) {
        assertThatThrownBy(() -> new Symbol(text)).isInstanceOf(RefusedException.class);
    }

    @Test
    void refusesSecondSpellingOfSymbol() {
        assertThatThrownBy(() -> new Symbol("\uF900USDT")).hasMessageContaining("normal form NFKC");
    }

    @Test
    void encodesSymbolsAsAsciiForUrlsFilesAndKeys() {
        assertThat(new Symbol("BTCUSDT").encoded()).isEqualTo("BTCUSDT");
        Symbol chinese = new Symbol("币安人生USDT");
        assertThat(chinese.encoded()).isEqualTo("%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT");
        assertThat(URLDecoder.decode(chinese.encoded(), StandardCharsets.UTF_8)).isEqualTo(chinese.value());
        assertThat(new Symbol("币".repeat(20)).encoded())
                .as("short enough for a file name")
                .hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lightgbm:BTCUSDT", "lightgbm:BTCUSDT:", "lightgbm:BTCUSDT:0", "lightgbm:BTCUSDT:x", "3", ""})
    void refusesMalformedVersion(String text) {
        assertThatThrownBy(() -> VersionId.parse(text)).isInstanceOf(RefusedException.class);
    }

    @Test
    void ordersVersionsByNumberNotByText() {
        assertThat(VersionId.parse("lightgbm:BTCUSDT:2")).isLessThan(VersionId.parse("lightgbm:BTCUSDT:10"));
    }
}
