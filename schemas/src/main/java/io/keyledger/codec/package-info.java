/** The wire format: Avro behind Confluent's five bytes, the schemas and their ids; the only package that sees generated types. */
@NullMarked
package io.keyledger.codec;

import org.jspecify.annotations.NullMarked;
