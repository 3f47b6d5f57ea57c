package io.hindcast.app.web;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the dashboard: its files from the frontend's jar, and its single page for each of its routes. */
@Configuration(proxyBeanMethods = false)
public class WebConfiguration {

    @Bean
    WebMvcConfigurer dashboard() {
        return new WebMvcConfigurer() {
            @Override
            public void addViewControllers(ViewControllerRegistry views) {
                for (String page : new String[] {
                    "/",
                    "/market",
                    "/market/**",
                    "/pipelines",
                    "/pipelines/**",
                    "/models",
                    "/models/**",
                    "/predictions",
                    "/predictions/**",
                    "/news",
                    "/news/**",
                    "/compare",
                    "/compare/**",
                    "/replay",
                    "/replay/**"
                }) {
                    views.addViewController(page).setViewName("forward:/index.html");
                }
            }

            @Override
            public void addResourceHandlers(ResourceHandlerRegistry resources) {
                // Cached for good: the names change with the content.
                resources
                        .addResourceHandler("/assets/**")
                        .addResourceLocations("classpath:/static/assets/")
                        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365))
                                .cachePublic()
                                .immutable());
                resources
                        .addResourceHandler("/index.html", "/favicon.svg", "/favicon.ico")
                        .addResourceLocations("classpath:/static/")
                        .setCacheControl(CacheControl.noCache());
            }
        };
    }

    @Bean
    NotFoundPageResolver notFoundPageResolver() {
        return new NotFoundPageResolver();
    }

    @Bean
    FilterRegistrationBean<BrowserSecurityFilter> browserSecurityFilter(
            @Value("${server.address:127.0.0.1}") String address) {
        FilterRegistrationBean<BrowserSecurityFilter> registration =
                new FilterRegistrationBean<>(new BrowserSecurityFilter(address));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
