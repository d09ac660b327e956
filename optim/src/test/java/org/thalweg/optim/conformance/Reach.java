package org.thalweg.optim.conformance;

/** How far the gradient of one element is felt in one step. */
enum Reach {
    ELEMENT,
    ROW,
    TENSOR,
    ALL
}
