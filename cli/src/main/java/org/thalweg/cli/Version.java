package org.thalweg.cli;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.util.Optional;

/**
 * What is running.
 *
 * @param thalweg Thalweg's version, from the build
 * @param java the Java runtime's version
 * @param javaVendor who built that runtime
 * @param platform operating system and architecture
 * @param vectorKernels whether this Java has the vector module, so that rules run as vector kernels (else as scalar ones)
 */
record Version(String thalweg, String java, String javaVendor, String platform, boolean vectorKernels) {
    static Version current() {
        return new Version(
                Optional.ofNullable(Version.class.getModule().getDescriptor())
                        .flatMap(ModuleDescriptor::rawVersion)
                        .orElse("unknown"),
                Runtime.version().toString(),
                System.getProperty("java.vendor", "unknown"),
                System.getProperty("os.name", "unknown") + " " + System.getProperty("os.arch", "unknown"),
                ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent());
    }

    String text() {
        return """
                thalweg %s
                Java %s (%s) on %s
                vector kernels: %s""".formatted(
                thalweg,
                java,
                javaVendor,
                platform,
                vectorKernels ? "available" : "not available, for this Java lacks the module jdk.incubator.vector");
    }
}
