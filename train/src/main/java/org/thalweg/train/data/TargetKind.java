package org.thalweg.train.data;

/** What the targets in a file are. */
public enum TargetKind {
    /** Names or numbers of classes to be told apart. */
    CLASSES,
    /** Numbers to be foreseen. */
    NUMBERS
}
