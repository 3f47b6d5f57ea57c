/** Articles, the headlines by which repeated news is recognised, and the scores that bars see. */
@NullMarked
package io.hindcast.command.news;

import org.jspecify.annotations.NullMarked;
