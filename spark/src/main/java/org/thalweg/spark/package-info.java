/** Training on a Spark cluster: the tasks of one barrier stage are the workers, and the run comes back to the driver. */
@NullMarked
package org.thalweg.spark;

import org.jspecify.annotations.NullMarked;
