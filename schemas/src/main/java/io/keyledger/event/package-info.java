/** The shared language: events and their envelope, ids and small values, topics, and the codec. */
@NullMarked
package io.keyledger.event;

import org.jspecify.annotations.NullMarked;
