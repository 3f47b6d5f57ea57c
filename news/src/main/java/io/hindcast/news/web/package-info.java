/** Pages of other people's servers, fetched politely and safely. */
@org.jspecify.annotations.NullMarked
package io.hindcast.news.web;
