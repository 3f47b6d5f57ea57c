/** Models: their versions, promotions and slots. */
@NullMarked
package io.hindcast.command.model;

import org.jspecify.annotations.NullMarked;
