package io.hindcast.graphql;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of requests and subscriptions.
 *
 * @param maxDepth greatest nesting of fields
 * @param maxIntrospectionDepth greatest nesting of fields in introspection; the standard query of GraphQL's tools needs
 *     15
 * @param maxComplexity greatest cost of a request: a plain field costs 1, a chart 20, and a list costs its entries'
 *     fields once per hundred entries
 * @param maxSubscriptions most open subscriptions, over all connections
 * @param updateBuffer most updates that may wait for a subscriber before its subscription is ended
 */
@ConfigurationProperties("hindcast.graphql")
public record GraphqlProperties(
        @DefaultValue("14") int maxDepth,
        @DefaultValue("20") int maxIntrospectionDepth,
        @DefaultValue("1000") int maxComplexity,
        @DefaultValue("500") int maxSubscriptions,
        @DefaultValue("4096") int updateBuffer) {}
