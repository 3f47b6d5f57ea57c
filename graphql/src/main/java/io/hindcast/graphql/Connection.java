package io.hindcast.graphql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A page of a list, in the form of Relay's cursor connections. */
public record Connection<T>(List<Edge<T>> edges, PageInfo pageInfo) {

    public Connection {
        edges = List.copyOf(edges);
    }

    /** A node of the page and its cursor. */
    public record Edge<T>(String cursor, T node) {}

    /** Position of the next page. */
    public record PageInfo(Optional<String> endCursor, boolean hasNextPage) {}

    /** Returns a page of nodes with their cursors, as many as nodes. */
    public static <T> Connection<T> of(List<T> nodes, List<String> cursors, boolean hasNext) {
        List<Edge<T>> edges = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            edges.add(new Edge<>(cursors.get(i), nodes.get(i)));
        }
        Optional<String> end = cursors.isEmpty() ? Optional.empty() : Optional.of(cursors.getLast());
        return new Connection<>(edges, new PageInfo(end, hasNext));
    }
}
