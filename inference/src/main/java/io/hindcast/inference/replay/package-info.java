/** Replays: a version's past predictions computed again and compared with what was recorded. */
@org.jspecify.annotations.NullMarked
package io.hindcast.inference.replay;
