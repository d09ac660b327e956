package org.thalweg.cli;

/** Where the {@code thalweg} command starts. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {}
}
