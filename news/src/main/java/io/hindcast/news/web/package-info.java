/** HTTP for pages of other people's servers: robots.txt, rate limits, public addresses only, bounded size and time. */
@org.jspecify.annotations.NullMarked
package io.hindcast.news.web;
