package org.thalweg.cli.launch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.train.engine.EngineSetup;
import org.thalweg.train.worker.World;

/** The environment of a worker, after torchrun's convention. */
final class Variables {
    private Variables() {}

    /**
     * What it is given beside what it inherits.
     *
     * @param inherited the launcher's own environment
     */
    static Map<String, String> of(
            Job job, Rendezvous rendezvous, int rank, String runFile, Map<String, String> inherited) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.putAll(world(job, rendezvous, rank).environment());
        variables.put("LOCAL_WORLD_SIZE", String.valueOf(job.workers()));
        if (!inherited.containsKey(EngineSetup.VARIABLE)) {
            variables.put(EngineSetup.VARIABLE, new EngineSetup(job.processors()).toString());
        }
        variables.put(Leash.VARIABLE, Leash.STANDARD_INPUT);
        if (rank == 0) {
            variables.put(RunFile.VARIABLE, runFile);
        } else {
            variables.put("THALWEG_TERMINAL", "no"); // one bar is enough
        }
        return variables;
    }

    private static World world(Job job, Rendezvous rendezvous, int rank) {
        return new World(
                rank, job.workers(), rank, rendezvous.address(), rendezvous.port(), rendezvous.secret(), job.timeout());
    }
}
