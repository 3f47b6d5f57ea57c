/** Import of history, live following, and gap repair: every bar is recorded once. */
@org.jspecify.annotations.NullMarked
package io.hindcast.feeds.market;
