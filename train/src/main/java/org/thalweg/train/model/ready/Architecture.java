package org.thalweg.train.model.ready;

import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.Model;

/** A ready model before it knows its data: a record whose components are its options. */
public sealed interface Architecture
        permits LinearRegression,
                LogisticRegression,
                Svm,
                Mlp,
                DeepLinear,
                Convnet,
                CifarConvnet,
                Lenet,
                Resnet,
                NfResnet,
                CharLstm,
                CharTransformer {
    /**
     * The model for such data. Whether it fits is told when its shapes are worked out.
     *
     * @param input the shape of one example
     * @param task what is to be answered
     */
    Model model(Shape input, Task task);

    /** What it is, in half a line. */
    String summary();

    /** Where it is from. */
    String source();
}
