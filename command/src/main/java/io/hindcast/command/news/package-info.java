/** Articles, each known once and corrected by revisions, and the headlines by which repeated news is recognised. */
@NullMarked
package io.hindcast.command.news;

import org.jspecify.annotations.NullMarked;
