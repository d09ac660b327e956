/** A local web page that lists runs, shows their curves while they go on, and compares them. */
package org.thalweg.dashboard;
