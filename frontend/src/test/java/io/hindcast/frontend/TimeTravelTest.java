package io.hindcast.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.hindcast.frontend.mock.MockApi;
import org.junit.jupiter.api.Test;

/** The whole page turned back to a moment, and returned to now. */
class TimeTravelTest extends DashboardTest {

    private static final String MOMENT = "2022-04-09T12:00:00Z";

    private Locator bar() {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Time travel"));
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static String asOf(MockApi.Request request) {
        return request.variables().path("asOf").asText();
    }

    @Test
    void everyPageAsksAsOfTheMomentInTheAddress() {
        open("/market/BTCUSDT?asOf=" + MOMENT);
        assertThat(bar()).containsText("9 Apr 2022 12:00");
        bars();
        shoot("market-as-of");
        for (String name : new String[] {"Pipelines", "Models", "Predictions", "News"}) {
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName(name).setExact(true))
                    .click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name))
                            .first())
                    .isVisible();
            assertThat(bar()).isVisible();
        }
        for (String operation :
                new String[] {"ChartWindow", "Performance", "TrainingCycles", "Models", "PredictionPage", "ArticlePage"
                }) {
            assertThat(api.requests(operation))
                    .as(operation)
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(asOf(request)).isEqualTo(MOMENT));
        }
    }

    @Test
    void actionsArePossibleAtNowOnly() {
        open("/models?symbol=BTCUSDT&version=lightgbm:BTCUSDT:3&asOf=" + MOMENT);
        button("Backfill").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        page.getByLabel("Why is it backfilled?").fill("bars were missed");
        assertThat(dialog).containsText("Actions are possible at now only");
        assertThat(dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Request the backfill")))
                .isDisabled();
    }

    @Test
    void turnsBackByKeyboardAndReturnsToNow() {
        open("/market/BTCUSDT");
        button("Go back in time").focus();
        page.keyboard().press("Enter");
        Locator slider = bar().getByRole(AriaRole.SLIDER, new Locator.GetByRoleOptions().setName("Moment"));
        String newest = slider.getAttribute("aria-valuetext");
        slider.focus();
        page.keyboard().press("ArrowLeft");
        assertThat(slider).not().hasAttribute("aria-valuetext", newest);
        String earlier = slider.getAttribute("aria-valuetext");
        assertThat(bar()).containsText(earlier);
        assertThat(slider).isFocused();
        bars();

        button("Back to now").click();
        assertThat(bar()).hasCount(0);
        assertThat(page.locator("[data-freshness='live']")).isVisible();
        assertThat(page.url()).doesNotContain("asOf");
    }
}
