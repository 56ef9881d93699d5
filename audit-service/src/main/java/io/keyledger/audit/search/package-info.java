/** Questions to the permanent record: filters, pages, cursors. */
@NullMarked
package io.keyledger.audit.search;

import org.jspecify.annotations.NullMarked;
