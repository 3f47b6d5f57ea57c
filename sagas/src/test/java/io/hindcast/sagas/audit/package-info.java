@org.jspecify.annotations.NullMarked
package io.hindcast.sagas.audit;
