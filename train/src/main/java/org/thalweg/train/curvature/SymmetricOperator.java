package org.thalweg.train.curvature;

/** A symmetric matrix that is known by its products with vectors alone, such as a Hessian. */
public interface SymmetricOperator {
    /** The number of rows, and of columns. */
    int size();

    /**
     * The product with a vector.
     *
     * @param vector as long as there are columns
     */
    double[] times(double[] vector);

    /**
     * The same matrix with its sign turned, whose largest eigenvalues are the smallest of this one.
     */
    default SymmetricOperator negated() {
        SymmetricOperator of = this;
        return new SymmetricOperator() {
            @Override
            public int size() {
                return of.size();
            }

            @Override
            public double[] times(double[] vector) {
                return Vectors.negated(of.times(vector));
            }
        };
    }
}
