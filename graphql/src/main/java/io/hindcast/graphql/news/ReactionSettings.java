package io.hindcast.graphql.news;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the market's reaction to articles is measured here: the settings that inference measures by.
 *
 * @param reactionWindow time after publication over which prices count
 */
@ConfigurationProperties("hindcast.inference")
public record ReactionSettings(@DefaultValue("12h") Duration reactionWindow) {}
