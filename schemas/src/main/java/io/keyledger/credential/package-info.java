/** Where a request carries its key, in HTTP's own words: one reading for every service. */
@NullMarked
package io.keyledger.credential;

import org.jspecify.annotations.NullMarked;
