package org.thalweg.spark;

import org.apache.spark.sql.SparkSession;

/** The session of all tests: four slots in this process. */
final class LocalSpark {
    static final SparkSession SESSION = SparkSession.builder()
            .master("local[4]")
            .appName("thalweg-tests")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 3)
            .getOrCreate();

    private LocalSpark() {}
}
