package io.keyledger.key.api;

/**
 * Who looks at what all organizations share: a user who may see keys, or the operator.
 *
 * @param isOperator who alone sees where things are
 */
record Onlooker(boolean isOperator) {}
