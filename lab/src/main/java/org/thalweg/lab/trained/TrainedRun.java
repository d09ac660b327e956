package org.thalweg.lab.trained;

import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.train.SavedRun;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.Precision;

/**
 * A run that has trained weights, with its data and its network, to look into. The network computes in float32.
 *
 * @param path the run's directory
 * @param saved what it was begun with
 * @param data the data that it was begun with
 * @param network with the weights that training ended with
 */
public record TrainedRun(Path path, SavedRun saved, Dataset data, Network network) implements AutoCloseable {
    /**
     * Opens it. libtorch is started with as many threads as the run had.
     *
     * @param directory where the data's files are, if not where they were
     * @throws IllegalArgumentException if it is no run's directory, or the data is not the one that it was begun with
     * @throws DataException if it has no trained weights yet, or is damaged
     */
    public static TrainedRun open(Path path, Optional<Path> directory) {
        SavedRun saved = SavedRun.read(path);
        saved.startEngine();
        Dataset data = saved.sameData(path, directory);
        return new TrainedRun(path, saved, data, saved.network(path, data.shape(), Precision.FLOAT32));
    }

    /** The run's own loss over a sample, as a function of the network's weights. The caller closes it. */
    public MeanLoss loss(Sample sample) {
        return new MeanLoss(network, saved.config().loss(), sample.of(data));
    }

    /** The directory's own name. */
    public String name() {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }

    @Override
    public void close() {
        network.close();
    }
}
