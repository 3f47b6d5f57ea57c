/** The dashboard's files, served. */
@NullMarked
package io.hindcast.app.web;

import org.jspecify.annotations.NullMarked;
