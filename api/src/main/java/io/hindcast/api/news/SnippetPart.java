package io.hindcast.api.news;

/** A part of a text that was searched, and whether it matches the search. */
public record SnippetPart(String text, boolean match) {}
