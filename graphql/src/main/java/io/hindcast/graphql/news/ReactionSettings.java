package io.hindcast.graphql.news;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The setting of inference for market reactions, which the API shows.
 *
 * @param window time after publication over which prices are averaged
 */
@ConfigurationProperties("hindcast.inference.reaction")
public record ReactionSettings(@DefaultValue("12h") Duration window) {}
