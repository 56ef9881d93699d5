/** The REST API: resources, one file a concept, and the one place where a refusal becomes a status code. */
@NullMarked
package io.keyledger.key.api;

import org.jspecify.annotations.NullMarked;
