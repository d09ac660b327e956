package org.thalweg.optim.expr;

/** A symbolic tensor expression. */
public interface Expr {}
