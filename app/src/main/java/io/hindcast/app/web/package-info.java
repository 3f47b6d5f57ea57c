/** Serving of the dashboard's files, and protection from foreign web pages. */
@NullMarked
package io.hindcast.app.web;

import org.jspecify.annotations.NullMarked;
