package io.hindcast.api.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hindcast.api.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArticleUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " → ",
            value = {
                "HTTPS://Finance.Yahoo.COM/news/a-1.html → https://finance.yahoo.com/news/a-1.html",
                "https://example.com:443/a → https://example.com/a",
                "http://example.com:80/a → http://example.com/a",
                "https://example.com:8443/a → https://example.com:8443/a",
                "https://example.com → https://example.com/",
                "https://example.com/a#part → https://example.com/a",
                "https://example.com./a → https://example.com/a",
                "https://example.com/a/./b/../c → https://example.com/a/c",
                "https://example.com/../a → https://example.com/a",
                "https://example.com/a?utm_source=feed&utm_medium=rss → https://example.com/a",
                "https://example.com/a?b=2&UTM_Campaign=x&a=1&fbclid=q → https://example.com/a?a=1&b=2",
                "https://example.com/a?guccounter=1&.tsrc=fin-srch → https://example.com/a",
                "https://example.com/a?id=7&ref=home → https://example.com/a?id=7",
                "https://example.com/a?  → https://example.com/a",
                "https://example.com/caf%c3%a9 → https://example.com/caf%C3%A9",
                "https://example.com/café → https://example.com/caf%C3%A9",
                "https://example.com/what%3f%23 → https://example.com/what%3F%23",
                "https://example.com//a → https://example.com/a",
                "https://example.com/up-50%-today → https://example.com/up-50%25-today",
                "https://example.com/100%?b=5%2 → https://example.com/100%25?b=5%252",
                "https://example.com/a%20b|c → https://example.com/a%20b%7Cc",
                "https://münchen.example/a → https://xn--mnchen-3ya.example/a",
                "https://example.com/A/ → https://example.com/A/",
                "http://[::1]:8080/a → http://[::1]:8080/a"
            })
    void removesInsignificantParts(String given, String canonical) {
        assertThat(new ArticleUrl(given)).hasToString(canonical);
        assertThat(new ArticleUrl(canonical)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com/a, http://example.com/a",
        "https://example.com/a, https://example.com/a/",
        "https://example.com/a, https://example.com/A",
        "https://example.com/a, https://www.example.com/a",
        "https://example.com/?p=1, https://example.com/?p=2"
    })
    void keepsPartsThatMayMatter(String one, String other) {
        assertThat(ArticleId.of(new ArticleUrl(one))).isNotEqualTo(ArticleId.of(new ArticleUrl(other)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "/news/a.html",
                "ftp://example.com/a",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "https://",
                "https:///a",
                "https://user@example.com/a",
                "https://user:secret@example.com/a",
                "https://example.com:99999/a",
                "https://exa mple.com/a"
            })
    void refusesAddressesThatAreNotOfAPage(String text) {
        assertThatThrownBy(() -> new ArticleUrl(text))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("BAD_URL");
    }

    @Test
    void idIsStable() {
        assertThat(ArticleId.of(new ArticleUrl("https://example.com/a?utm_source=x#y")))
                .hasToString(
                        ArticleId.of(new ArticleUrl("https://EXAMPLE.com/a")).toString())
                .hasToString("article:2dce0a4c50441bfccfa9caf4b58c3cba");
    }
}
