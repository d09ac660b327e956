import org.jspecify.annotations.NullMarked;

/** Update rules, schedules, and the compiler that fuses a rule into one loop at memory speed. Needs only the JDK. */
@NullMarked
module org.thalweg.optim {
    requires static jdk.incubator.vector;
    requires jdk.management;
    requires static org.jspecify;

    exports org.thalweg.optim;
    exports org.thalweg.optim.average;
    exports org.thalweg.optim.expr;
    exports org.thalweg.optim.rule;
    exports org.thalweg.optim.schedule;
    exports org.thalweg.optim.sharpness;
    exports org.thalweg.optim.text;
}
