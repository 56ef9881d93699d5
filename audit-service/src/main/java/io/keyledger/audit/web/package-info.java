/** The API: who may ask, what is answered, and how errors are worded. */
@NullMarked
package io.keyledger.audit.web;

import org.jspecify.annotations.NullMarked;
