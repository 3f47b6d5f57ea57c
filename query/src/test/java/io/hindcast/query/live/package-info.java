@org.jspecify.annotations.NullMarked
package io.hindcast.query.live;
