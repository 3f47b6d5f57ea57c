package io.hindcast.graphql;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What one request may ask, and how much may be under way.
 *
 * @param maxDepth how deep fields may nest
 * @param maxIntrospectionDepth how deep they may in introspection; the standard query of GraphQL's tools needs 15
 * @param maxComplexity cost of a whole request, where a plain field costs 1, a chart 20 and a list what is asked of
 *     each entry once for every hundred entries
 * @param maxSubscriptions at once, over all connections
 * @param updateBuffer updates a subscriber may lag behind before its subscription is ended
 */
@ConfigurationProperties("hindcast.graphql")
public record GraphqlProperties(
        @DefaultValue("14") int maxDepth,
        @DefaultValue("20") int maxIntrospectionDepth,
        @DefaultValue("1000") int maxComplexity,
        @DefaultValue("500") int maxSubscriptions,
        @DefaultValue("4096") int updateBuffer) {}
