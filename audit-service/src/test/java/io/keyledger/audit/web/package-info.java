/** Tests. */
@NullMarked
package io.keyledger.audit.web;

import org.jspecify.annotations.NullMarked;
