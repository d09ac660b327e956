package org.thalweg.lab.sharpness;

import org.thalweg.train.data.SplitMix64;

/** Where around a place something is looked for; places in it are given relative to that place. */
public sealed interface Neighbourhood {
    /**
     * The place in it that lies furthest along a gradient: where a linear function is highest.
     *
     * @return zeros where the gradient is zero
     */
    double[] furthest(double[] gradient);

    /** A place in it, drawn at random. */
    double[] random(SplitMix64 random);

    /**
     * A box.
     *
     * @param radii how far it reaches to both sides in each dimension, each 0 or more
     */
    @SuppressWarnings("ArrayRecordComponent") // millions of numbers
    record Box(double[] radii) implements Neighbourhood {
        @Override
        public double[] furthest(double[] gradient) {
            double[] corner = new double[radii.length];
            for (int i = 0; i < corner.length; i++) {
                corner[i] = radii[i] * Math.signum(gradient[i]);
            }
            return corner;
        }

        @Override
        public double[] random(SplitMix64 random) {
            double[] place = new double[radii.length];
            for (int i = 0; i < place.length; i++) {
                place[i] = radii[i] * (2 * random.uniform() - 1);
            }
            return place;
        }
    }

    /**
     * A ball.
     *
     * @param dimensions at least 1
     * @param radius above 0
     */
    record Ball(int dimensions, double radius) implements Neighbourhood {
        @Override
        public double[] furthest(double[] gradient) {
            return stretched(gradient.clone());
        }

        @Override
        public double[] random(SplitMix64 random) {
            double[] place = new double[dimensions];
            for (int i = 0; i < place.length; i++) {
                place[i] = random.gaussian();
            }
            return stretched(place);
        }

        /** To the length of the radius; zeros stay. */
        private double[] stretched(double[] vector) {
            double squares = 0;
            for (double x : vector) {
                squares += x * x;
            }
            double factor = squares == 0 ? 0 : radius / Math.sqrt(squares);
            for (int i = 0; i < vector.length; i++) {
                vector[i] *= factor;
            }
            return vector;
        }
    }
}
