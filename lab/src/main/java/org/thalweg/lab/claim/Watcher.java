package org.thalweg.lab.claim;

/** Hears how far an experiment has come, and may end it. */
public interface Watcher {
    /** Something begins. */
    void says(String next);

    /** Asked again and again: whether to end as soon as that can be done. */
    boolean stopAsked();

    /** The same with a prefix to what it hears. */
    default Watcher under(String prefix) {
        Watcher all = this;
        return new Watcher() {
            @Override
            public void says(String next) {
                all.says(prefix + next);
            }

            @Override
            public boolean stopAsked() {
                return all.stopAsked();
            }
        };
    }
}
