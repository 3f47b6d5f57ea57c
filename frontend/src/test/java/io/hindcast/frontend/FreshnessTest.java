package io.hindcast.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The freshness badge. The mock's market runs at sixty times real time. */
class FreshnessTest extends DashboardTest {

    @BeforeEach
    void openMarket() {
        page.clock().install();
        open("/market/BTCUSDT");
        bars();
        awaitSubscribed();
        assertThat(badge()).hasText("Live");
    }

    private Locator badge() {
        return page.locator("[data-connection]");
    }

    @Test
    void missingCandlesAreADelayOnAnOpenConnection() {
        api.behind(25 * 60);
        page.clock().runFor(10_000);
        assertThat(badge()).hasText(Pattern.compile("^Delayed ?2\\d min$"));
        assertThat(badge()).hasAttribute("data-connection", "live");

        api.behind(0);
        record(api.market.close(api.market.size() - 1), 1);
        page.clock().runFor(6_000);
        assertThat(badge()).hasText("Live");
    }

    @Test
    void aStoppedMarketClockIsNotADelay() {
        page.clock().runFor(40_000);
        assertThat(badge()).hasText("Live");
    }

    @Test
    void dropsAConnectionWithoutPongs() {
        server.hang();
        page.clock().runFor(17_000);
        assertThat(badge()).not().hasText("Live");
    }

    @Test
    void isOfflineWithoutANetworkAndRecovers() {
        page.context().setOffline(true);
        assertThat(badge()).hasText("Offline");
        page.context().setOffline(false);
        page.clock().runFor(2_000);
        awaitSubscribed();
        page.clock().runFor(6_000);
        assertThat(badge()).hasText("Live");
    }

    @Test
    void aServerThatRefusesPollsIsNotLive() {
        api.fail("Clock", "starting");
        page.clock().runFor(6_000);
        assertThat(badge()).hasText("Server not answering");
    }
}
