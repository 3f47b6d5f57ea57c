package io.hindcast.api.news;

/** A piece of a text in which something was searched for, and whether it is what was searched for. */
public record SnippetPart(String text, boolean match) {}
