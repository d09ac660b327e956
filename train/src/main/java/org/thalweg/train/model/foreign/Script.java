package org.thalweg.train.model.foreign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.SequencedMap;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.NamedTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.named_buffer_iterator;
import org.bytedeco.pytorch.named_buffer_list;
import org.bytedeco.pytorch.named_parameter_iterator;
import org.bytedeco.pytorch.named_parameter_list;
import org.thalweg.train.engine.Engine;

/** A TorchScript module, as {@code torch.jit.script(model).save(file)} writes it. It lives in the scope that it is opened in. */
public final class Script implements Foreign {
    private final Path file;
    private final JitModule module;
    private final ForeignTensors tensors = new ForeignTensors();

    private Script(Path file, JitModule module) {
        this.file = file;
        this.module = module;
        collect();
    }

    /**
     * Opens a file. What it computes is code that libtorch interprets: open files from people you trust.
     *
     * @throws IllegalArgumentException if it is none, or holds what cannot be trained; the message names the file
     */
    public static Script open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file %s".formatted(file));
        }
        Engine.start();
        try {
            return new Script(file, torch.load(file.toString()));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "%s cannot be trained: %s".formatted(file, refused.getMessage()), refused);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "%s is no TorchScript file, as torch.jit.script(model).save(...) writes it: %s"
                            .formatted(file, Sentence.of(e)),
                    e);
        }
    }

    private void collect() {
        named_parameter_list parameters = module.named_parameters();
        named_parameter_iterator lastParameter = parameters.end();
        for (named_parameter_iterator at = parameters.begin(); at.notEquals(lastParameter); at.increment()) {
            NamedTensor named = at.access();
            tensors.parameter(named.name().getString(), new Tensor(named.value()));
        }
        named_buffer_list buffers = module.named_buffers();
        named_buffer_iterator lastBuffer = buffers.end();
        for (named_buffer_iterator at = buffers.begin(); at.notEquals(lastBuffer); at.increment()) {
            NamedTensor named = at.access();
            tensors.buffer(named.name().getString(), new Tensor(named.value()));
        }
    }

    /** The file that it was opened from. */
    public Path file() {
        return file;
    }

    @Override
    public SequencedMap<String, Tensor> parameters() {
        return tensors.parameters();
    }

    @Override
    public SequencedMap<String, Tensor> state() {
        return tensors.state();
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        if (torch.getGraphExecutorOptimize()) {
            // Optimised after its first passes it would not give the bits of the first ones, which a resumed run has
            // anew.
            torch.setGraphExecutorOptimize(false);
        }
        if (module.is_training() != training) {
            module.train(training);
        }
        IValue answer = module.forward(new IValueVector(new IValue(input)));
        if (!answer.isTensor()) {
            throw new IllegalArgumentException("it answers with a %s, where one tensor is needed"
                    .formatted(answer.tagKind().getString().toLowerCase(java.util.Locale.ROOT)));
        }
        return answer.toTensor();
    }

    /** Writes the module with its weights as they are now, in evaluation mode, for PyTorch and others to load; the file is there whole or not at all. */
    public void save(Path to) {
        Path draft = to.resolveSibling(to.getFileName() + ".part");
        module.eval();
        try {
            module.save(draft.toString());
            try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(draft, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(to, e), e);
        } catch (RuntimeException e) {
            throw new IllegalStateException("%s cannot be written: %s".formatted(to, Sentence.of(e)), e);
        }
    }
}
