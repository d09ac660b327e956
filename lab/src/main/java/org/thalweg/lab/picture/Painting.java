package org.thalweg.lab.picture;

import java.awt.Graphics2D;

/** What a canvas can be given to put somewhere. */
interface Painting {
    /** Draws into a rectangle whose upper left corner is the origin. */
    void paint(Graphics2D graphics, int width, int height);
}
