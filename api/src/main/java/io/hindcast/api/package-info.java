/** The language every room speaks: refusals, JSON form, and below it one package a topic. */
@org.jspecify.annotations.NullMarked
package io.hindcast.api;
