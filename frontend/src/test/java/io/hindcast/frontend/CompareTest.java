package io.hindcast.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.hindcast.frontend.mock.MockMarket;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The comparison of versions, and the versions' opinions on the chart. */
class CompareTest extends DashboardTest {

    private Locator region(String name) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private JsonNode asked(String operation) {
        return api.requests(operation).getLast().variables();
    }

    @Test
    void statesTheResultInWordsBesideScoresAndBaselines() {
        open("/compare?symbol=BTCUSDT");
        Locator findings = page.getByTestId("findings");
        assertThat(findings).containsText("no difference beyond chance");
        assertThat(findings).containsText("McNemar p = 0.41");
        assertThat(findings).containsText("LightGBM 3 has the lower log loss");
        Locator accuracy = region("Scores").getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName("Accuracy"));
        assertThat(accuracy).containsText("42.0 % (41.0 % to 43.0 %)");
        assertThat(accuracy).containsText("most frequent outcome 39.0 %");
        assertThat(region("Agreement")).containsText("79.4 %");
        assertThat(page.getByTestId("coverage")).containsText("48.0 % or more");
        shoot("compare");
    }

    @Test
    void keepsTheChoiceInTheAddress() {
        open("/compare?symbol=BTCUSDT");
        page.getByLabel("Other version").selectOption("lightgbm:BTCUSDT:1");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Last day").setExact(true))
                .click();
        page.getByText("7 days", new Page.GetByTextOptions().setExact(true)).click();
        page.waitForCondition(() -> asked("Rolling").path("days").asInt() == 7);
        page.reload();
        assertThat(page.getByLabel("Other version")).hasValue("lightgbm:BTCUSDT:1");
        page.waitForCondition(() -> asked("Compare").at("/of/other").asText().equals("lightgbm:BTCUSDT:1"));
        assertThat(asked("Rolling").path("days").asInt()).isEqualTo(7);
    }

    @Test
    void comparesOneVersionInTwoPeriods() {
        open("/compare?symbol=BTCUSDT");
        page.getByText("one version, two times").click();
        page.waitForCondition(() -> asked("Compare").at("/of/otherFrom").isTextual());
        assertThat(asked("Compare").at("/of/other")).isEqualTo(asked("Compare").at("/of/version"));
        assertThat(region("Agreement")).hasCount(0);
        assertThat(region("Result")).containsText("there is no paired test");
    }

    @Test
    void showsARefusalInTheServersWords() {
        api.fail("Compare", "common bars was 0, expected 2 or more (NO_COMMON_BARS)");
        open("/compare?symbol=BTCUSDT");
        assertThat(page.getByRole(AriaRole.ALERT).filter(new Locator.FilterOptions().setHasText("common bars was 0")))
                .isVisible();
    }

    @Test
    void linksEachDifferingBarToTheChart() {
        long bar = MockMarket.time(api.market.size() - 3_000).getEpochSecond();
        open("/compare?symbol=BTCUSDT&from=" + MockMarket.time(api.market.size() - 3_000));
        Locator bars = region("Bars with different signals");
        bars.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Next"))
                .click();
        page.waitForCondition(() -> asked("Disagreements").path("after").isTextual());
        bars.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("First page"))
                .click();
        bars.getByRole(AriaRole.LINK).first().click();
        bars();
        page.waitForCondition(() -> number("data-visible-from") < bar && number("data-visible-to") > bar);
        assertThat(number("data-visible-to")).isLessThan((int) bar + 10_000);
        assertThat(page.getByTestId("opinions").getByRole(AriaRole.LISTITEM)).hasCount(3);
    }

    @Test
    void crosshairShowsEveryVersionsOpinionAndWhetherItWasRight() {
        open("/market/BTCUSDT?period=1h");
        bars();
        BoundingBox box = chart().boundingBox();
        page.mouse().move(box.x + box.width / 2, box.y + box.height / 3);
        Locator opinions = page.getByTestId("opinions");
        assertThat(opinions.getByRole(AriaRole.LISTITEM)).hasCount(3);
        assertThat(opinions).containsText("LightGBM 3");
        assertThat(opinions).containsText(Pattern.compile("✓ right|✗ wrong"));
        shoot("opinions");
    }
}
