package io.hindcast.news.yahoo;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Starts Playwright's driver and a headless Chromium, both writing to a work folder only. */
final class BrowserLauncher {

    private static final Set<String> SKIPPED_RESOURCES =
            Set.of("image", "media", "font", "manifest", "eventsource", "websocket");
    private static final List<String> ARGUMENTS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic",
            "--no-first-run",
            "--dns-prefetch-disable",
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp");

    /** The only environment variables passed on: this process's environment holds secrets. */
    private static final List<String> ENVIRONMENT = List.of("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH");

    private BrowserLauncher() {}

    static Playwright startDriver(BrowserExecutables executables, BrowserWorkFolder folder) {
        return Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1",
                        "PLAYWRIGHT_NODEJS_PATH",
                        executables.node().toString(),
                        "TMPDIR",
                        folder.parent().toString())));
    }

    /** Launches a browser that connects through the proxy only, and loads no pictures, films or fonts. */
    static BrowserContext launch(
            Playwright driver,
            BrowserExecutables executables,
            String userAgent,
            BrowserWorkFolder folder,
            FilteringProxy proxy) {
        BrowserContext context = driver.chromium()
                .launchPersistentContext(
                        folder.path().resolve("profile"),
                        new BrowserType.LaunchPersistentContextOptions()
                                .setExecutablePath(executables.chromium())
                                .setEnv(environment(executables, folder))
                                .setProxy(new Proxy(proxy.address()).setBypass("<-loopback>"))
                                .setArgs(ARGUMENTS)
                                .setUserAgent(userAgent)
                                .setLocale("en-US")
                                .setTimezoneId("UTC")
                                .setAcceptDownloads(false)
                                .setViewportSize(1280, 1600));
        context.route("**/*", route -> {
            if (SKIPPED_RESOURCES.contains(route.request().resourceType())) {
                route.abort();
            } else {
                route.resume();
            }
        });
        return context;
    }

    private static Map<String, String> environment(BrowserExecutables executables, BrowserWorkFolder folder) {
        Map<String, String> environment = new HashMap<>();
        ENVIRONMENT.forEach(
                name -> Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value)));
        environment.put("TMPDIR", folder.path().toString());
        executables
                .libraries()
                .ifPresent(libraries -> environment.merge(
                        "LD_LIBRARY_PATH", libraries.toString(), (inherited, own) -> inherited + ":" + own));
        return environment;
    }
}
