import org.jspecify.annotations.NullMarked;

/** Test problems, comparisons and pictures of training runs. */
@NullMarked
module org.thalweg.lab {
    requires transitive org.thalweg.train;
    requires xchart;
    requires static org.jspecify;
}
