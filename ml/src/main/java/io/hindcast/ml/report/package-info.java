/** What a model is worth, told to people: as text and as one page of HTML. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.report;
