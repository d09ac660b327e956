package org.thalweg.train.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Data ready to train on: parts that share no example, prepared with what the training part alone showed.
 *
 * @param name what users call it
 * @param parts the prepared parts
 * @param form how inputs are prepared, and what answers mean
 * @param augmentations what varies the training examples from epoch to epoch, in order
 * @param split how the parts came about
 * @param attribution where the data comes from and on what terms; may be empty
 * @param request how to get the same again, if it was loaded by one
 */
public record Dataset(
        String name,
        Parts parts,
        DataForm form,
        List<Augmentation> augmentations,
        Split split,
        String attribution,
        Optional<DataRequest> request) {
    public Dataset {
        augmentations = List.copyOf(augmentations);
        Shape shape = parts.train().shape();
        augmentations.forEach(augmentation -> augmentation.check(shape, form.task()));
    }

    /** Divides a corpus, and prepares it as suits it. */
    public static Dataset of(Corpus corpus, Split split) {
        return of(corpus, split, Optional.empty(), List.of());
    }

    /**
     * Divides a corpus and prepares it.
     *
     * @param corpus where it comes with its own test part, that one is used
     * @param split sizes of the parts, and the seed that draws them
     * @param fitting what inputs go through, if not what suits them
     * @param augmentations of the training examples, in order
     * @throws IllegalArgumentException if a part would be empty, or something does not go with the data
     */
    public static Dataset of(Corpus corpus, Split split, Optional<Fitting> fitting, List<Augmentation> augmentations) {
        Parts raw = corpus.divide(split);
        Preprocessing preprocessing =
                fitting.map(wanted -> wanted.fit(raw.train())).orElseGet(() -> Fitting.standard(raw.train()));
        Optional<Standardisation> scale = Optional.of(raw.train())
                .filter(train -> train.task() instanceof Task.Regression)
                .map(train -> Standardisation.fit(ScaledTargets.targetsOf(train)));
        Parts parts = raw.map(preprocessing::apply)
                .map(part ->
                        scale.<Examples>map(by -> new ScaledTargets(part, by)).orElse(part));
        DataForm form =
                new DataForm(raw.train().shape(), preprocessing, parts.train().task(), scale, corpus.classNames());
        return new Dataset(corpus.name(), parts, form, augmentations, split, corpus.attribution(), Optional.empty());
    }

    /** The same, with how to get it again. */
    Dataset with(DataRequest source) {
        return new Dataset(name, parts, form, augmentations, split, attribution, Optional.of(source));
    }

    /**
     * The same with classes drawn by chance for some of the training examples, to see what a network learns by heart. The other parts stay
     * as they are. A run on it cannot load its data again. After Zhang, Bengio, Hardt, Recht and Vinyals, Understanding Deep Learning Requires
     * Rethinking Generalization, ICLR 2017, section 2.1.
     *
     * @param share of the training examples, from 0 to 1
     * @param seed of the draws
     * @throws IllegalArgumentException if the share is out of range, or no classes are told apart
     */
    public Dataset withRandomLabels(double share, long seed) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of random labels is from 0 to 1, not " + share);
        }
        if (!(task() instanceof Task.Classification(int classes))) {
            throw new IllegalArgumentException("%s has no classes to draw by chance".formatted(name));
        }
        Examples drawn = train().relabelled((row, right) -> {
            SplitMix64 random = SplitMix64.stream(seed, row);
            return random.uniform() < share ? random.below(classes) : right;
        });
        Parts mixed = new Parts(drawn, validation(), test());
        return new Dataset(name + "-random-labels", mixed, form, augmentations, split, attribution, Optional.empty());
    }

    /** Shape of one example as a model sees it. */
    public Shape shape() {
        return train().shape();
    }

    /** What is to be answered for each example. */
    public Task task() {
        return form.task();
    }

    /** What gradients come from, as it is. */
    public Examples train() {
        return parts.train();
    }

    /** What gradients come from, varied from epoch to epoch as the augmentations say. */
    public Examples augmentedTrain() {
        return augmentations.isEmpty() ? train() : new AugmentedExamples(train(), augmentations, 0, 0);
    }

    /** What choices are made by, if some was set aside. */
    public Optional<Examples> validation() {
        return parts.validation();
    }

    /** What the result is judged by. */
    public Examples test() {
        return parts.test();
    }

    /** What was done to every input. */
    public Preprocessing preprocessing() {
        return form.preprocessing();
    }

    /** As {@code config.json} has it, under {@code data}. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        request.ifPresent(source -> json.put("request", source.json()));
        json.put("validationShare", split.validation());
        json.put("testShare", split.test());
        json.put("splitSeed", split.seed());
        json.put("train", train().count());
        validation().ifPresent(examples -> json.put("validation", examples.count()));
        json.put("test", test().count());
        json.put(
                "augmentations",
                augmentations.stream().map(Augmentation::format).toList());
        json.putAll(form.json());
        if (form.shape().isImage()) {
            json.put("brightest", train().raw().brightest());
        }
        return json;
    }
}
