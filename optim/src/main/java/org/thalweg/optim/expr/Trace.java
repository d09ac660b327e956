package org.thalweg.optim.expr;

/** What a rule sees while it is traced. */
public interface Trace {}
