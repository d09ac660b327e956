/** Runs as they change on disk, in bounded memory and time. */
package org.thalweg.dashboard.watch;
