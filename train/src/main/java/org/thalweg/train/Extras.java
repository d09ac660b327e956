package org.thalweg.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.optim.Exemption;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.StateFormat;
import org.thalweg.optim.average.Averaging;
import org.thalweg.optim.average.Lookahead;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.sharpness.Sharpness;
import org.thalweg.train.run.Document;

/**
 * What a run puts around the rule's step; each goes with each.
 *
 * @param average what is evaluated, and saved at the end, instead of the last weights
 * @param lookahead slow weights that the rule's steps start from again and again
 * @param sharpness the neighbourhood in whose highest place the gradient is taken, which doubles a step's cost
 * @param accumulation in how many parts a batch goes through the network
 * @param exempt whether biases and normalisation go without weight decay and trust ratio, as {@link Exemption} says
 * @param onNonFinite what becomes of the run where a step's loss or gradient is not finite
 * @param state how the rule's state is stored
 */
public record Extras(
        Optional<Averaging> average,
        Optional<Lookahead> lookahead,
        Optional<Sharpness> sharpness,
        Accumulation accumulation,
        boolean exempt,
        OnNonFinite onNonFinite,
        StateFormat state) {
    /** The rule's step alone. */
    public static final Extras NONE = new Extras(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Accumulation.WHOLE,
            false,
            OnNonFinite.STOP,
            StateFormat.FLOAT32);

    public Extras withAverage(Averaging wanted) {
        return new Extras(Optional.of(wanted), lookahead, sharpness, accumulation, exempt, onNonFinite, state);
    }

    public Extras withLookahead(Lookahead wanted) {
        return new Extras(average, Optional.of(wanted), sharpness, accumulation, exempt, onNonFinite, state);
    }

    public Extras withSharpness(Sharpness wanted) {
        return new Extras(average, lookahead, Optional.of(wanted), accumulation, exempt, onNonFinite, state);
    }

    /** Each batch in that many parts. */
    public Extras withParts(int wanted) {
        return with(new Accumulation(wanted, 0));
    }

    public Extras with(Accumulation wanted) {
        return new Extras(average, lookahead, sharpness, wanted, exempt, onNonFinite, state);
    }

    public Extras withExempt(boolean wanted) {
        return new Extras(average, lookahead, sharpness, accumulation, wanted, onNonFinite, state);
    }

    public Extras withOnNonFinite(OnNonFinite wanted) {
        return new Extras(average, lookahead, sharpness, accumulation, exempt, wanted, state);
    }

    public Extras withState(StateFormat wanted) {
        return new Extras(average, lookahead, sharpness, accumulation, exempt, onNonFinite, wanted);
    }

    /** The rule's parameter groups. */
    List<ParameterGroup> groups(Rule rule, List<Parameter> parameters) {
        return exempt ? Exemption.groups(rule, parameters) : List.of(new ParameterGroup("all", rule, parameters));
    }

    /** For {@code config.json}; what is not asked for is left out. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        average.ifPresent(averaging -> json.put("average", Averaging.format(averaging)));
        lookahead.ifPresent(
                ahead -> json.put("lookahead", Document.fields("every", ahead.every(), "share", ahead.share())));
        sharpness.ifPresent(neighbourhood -> json.put("sharpness", Sharpness.format(neighbourhood)));
        json.put("parts", accumulation.parts());
        json.put("largestPart", accumulation.largest());
        json.put("exemptBiasAndNorm", exempt);
        json.put("onNonFinite", onNonFinite.toString());
        json.put("state", state.toString());
        return json;
    }

    static Extras read(Document json) {
        return new Extras(
                json.optionalText("average").map(_ -> json.parsed("average", text -> Averaging.parse(text, 1, 1))),
                json.optional("lookahead").map(it -> it.made(a -> new Lookahead(a.count("every"), a.number("share")))),
                json.optionalText("sharpness").map(_ -> json.parsed("sharpness", Sharpness::parse)),
                new Accumulation(
                        (int) json.whole("parts", 1, Integer.MAX_VALUE),
                        json.has("largestPart") ? (int) json.whole("largestPart", 0, Integer.MAX_VALUE) : 0),
                json.flag("exemptBiasAndNorm"),
                json.parsed("onNonFinite", OnNonFinite::parse),
                json.parsed("state", StateFormat::parse));
    }
}
