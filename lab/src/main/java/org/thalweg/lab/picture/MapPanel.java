package org.thalweg.lab.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.thalweg.lab.figure.Isolines;
import org.thalweg.lab.figure.Mark;
import org.thalweg.lab.figure.Relief;
import org.thalweg.lab.figure.Scale;
import org.thalweg.lab.figure.Terrain;
import org.thalweg.lab.figure.Track;
import org.thalweg.lab.figure.Window;

/** A map with lines of equal height and the ways that were taken, drawn at any size. */
record MapPanel(Terrain terrain) implements Painting {
    private static final Color ISOLINE = new Color(0x7D93A3);
    private static final Color CASING = new Color(255, 255, 255, 190);
    private static final int LEFT = 110;
    private static final int RIGHT = 150;
    private static final int TOP = 16;
    private static final int BOTTOM = 84;
    private static final int TICKS = 7;
    private static final int BAR = 24;
    private static final int BAR_GAP = 24;
    private static final int MOST_LABELS = 9;
    /** Nothing further outside can be seen; renderers fail on larger numbers. */
    private static final double FAR = 1e5;

    /** Where values stand on the picture. */
    private record Axes(Scale right, Scale up) {
        double x(double value) {
            return Math.clamp(right.at(value), -FAR, FAR);
        }

        double y(double value) {
            return Math.clamp(up.at(value), -FAR, FAR);
        }
    }

    @Override
    public void paint(Graphics2D graphics, int width, int height) {
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        Window window = terrain.field().window();
        Axes axes = new Axes(
                Scale.exactly(window.left(), window.right(), LEFT, width - RIGHT),
                Scale.exactly(window.bottom(), window.top(), height - BOTTOM, TOP));
        Rectangle2D sheet = new Rectangle2D.Double(LEFT, TOP, width - RIGHT - LEFT, height - BOTTOM - TOP);
        Shape everything = graphics.getClip();
        graphics.clip(sheet);
        ground(graphics, axes, sheet);
        terrain.marks().forEach(mark -> mark(graphics, mark, axes));
        terrain.tracks().forEach(track -> track(graphics, track, axes));
        graphics.setClip(everything);
        labels(graphics, axes, sheet);
        bar(graphics, sheet);
    }

    private void ground(Graphics2D graphics, Axes axes, Rectangle2D sheet) {
        int width = (int) sheet.getWidth();
        int height = (int) sheet.getHeight();
        graphics.drawImage(Relief.image(terrain.field(), terrain.heights(), width, height), LEFT, TOP, null);
        graphics.setColor(ISOLINE);
        graphics.setStroke(new BasicStroke(1.3f));
        for (double level : terrain.heights().levels()) {
            for (Isolines.Piece piece : Isolines.at(level, terrain.field())) {
                graphics.draw(new Line2D.Double(
                        axes.x(piece.fromX()), axes.y(piece.fromY()), axes.x(piece.toX()), axes.y(piece.toY())));
            }
        }
    }

    private static void mark(Graphics2D graphics, Mark mark, Axes axes) {
        double x = axes.x(mark.x());
        double y = axes.y(mark.y());
        graphics.setStroke(new BasicStroke(3));
        switch (mark.kind()) {
            case START -> {
                graphics.setColor(Panel.INK);
                graphics.draw(circle(x, y, 9));
            }
            case MINIMUM -> {
                Shape star = AffineTransform.getTranslateInstance(x, y).createTransformedShape(star());
                graphics.setColor(Color.WHITE);
                graphics.fill(star);
                graphics.setColor(Panel.INK);
                graphics.draw(star);
            }
        }
    }

    private static Shape star() {
        Path2D star = new Path2D.Double();
        for (int i = 0; i < 10; i++) {
            double radius = i % 2 == 0 ? 16 : 6.7;
            double angle = Math.PI * (i / 5.0 - 0.5);
            if (i == 0) {
                star.moveTo(radius * Math.cos(angle), radius * Math.sin(angle));
            } else {
                star.lineTo(radius * Math.cos(angle), radius * Math.sin(angle));
            }
        }
        star.closePath();
        return star;
    }

    private static Shape circle(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    private static void track(Graphics2D graphics, Track track, Axes axes) {
        Path2D way = new Path2D.Double();
        int points = 0;
        while (points < track.x().length && track.isFinite(points)) {
            double x = axes.x(track.x()[points]);
            double y = axes.y(track.y()[points]);
            if (points == 0) {
                way.moveTo(x, y);
            } else {
                way.lineTo(x, y);
            }
            points++;
        }
        if (points == 0) {
            return;
        }
        graphics.setColor(CASING);
        graphics.setStroke(stroke(9, false));
        graphics.draw(way);
        graphics.setColor(track.hue().colour());
        graphics.setStroke(stroke(4.5f, track.dashed()));
        graphics.draw(way);
        Shape end = circle(way.getCurrentPoint().getX(), way.getCurrentPoint().getY(), 9);
        graphics.fill(end);
        graphics.setColor(Color.WHITE);
        graphics.setStroke(stroke(2.5f, false));
        graphics.draw(end);
    }

    private static BasicStroke stroke(float width, boolean dashed) {
        float[] dashes = dashed ? new float[] {13, 9} : null;
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, dashes, 0);
    }

    private void labels(Graphics2D graphics, Axes axes, Rectangle2D sheet) {
        graphics.setFont(Panel.font(Font.PLAIN, 24));
        graphics.setColor(Panel.SOFT_INK);
        int bottom = (int) sheet.getMaxY();
        for (double tick : axes.right.ticks(TICKS)) {
            centred(graphics, Numbers.text(tick), axes.x(tick), bottom + 30);
        }
        for (double tick : axes.up.ticks(TICKS)) {
            String text = Numbers.text(tick);
            int width = graphics.getFontMetrics().stringWidth(text);
            graphics.drawString(text, LEFT - 14 - width, (float) axes.y(tick) + 8);
        }
        graphics.setFont(Panel.font(Font.PLAIN, 26));
        graphics.setColor(Panel.INK);
        centred(graphics, terrain.across(), sheet.getCenterX(), bottom + 70);
        AffineTransform upright = graphics.getTransform();
        graphics.rotate(-Math.PI / 2, 26, sheet.getCenterY());
        centred(graphics, terrain.upwards(), 26, (int) sheet.getCenterY());
        graphics.setTransform(upright);
    }

    private static void centred(Graphics2D graphics, String text, double x, int baseline) {
        graphics.drawString(text, (float) x - graphics.getFontMetrics().stringWidth(text) / 2f, baseline);
    }

    /** The heights of the lines, from the lowest band at the bottom to the highest. */
    private void bar(Graphics2D graphics, Rectangle2D sheet) {
        graphics.setFont(Panel.font(Font.PLAIN, 22));
        int bands = terrain.heights().levels().size() + 1;
        int every = Math.ceilDiv(bands, MOST_LABELS);
        double height = sheet.getHeight() / bands;
        double left = sheet.getMaxX() + BAR_GAP;
        for (int band = 0; band < bands; band++) {
            double bottom = sheet.getMaxY() - band * height;
            graphics.setColor(new Color(Relief.rgb(band, bands)));
            graphics.fill(new Rectangle2D.Double(left, bottom - height, BAR, height + 1));
            if (band > 0 && (band - 1) % every == 0) {
                graphics.setColor(Panel.SOFT_INK);
                String level = Numbers.text(terrain.heights().levels().get(band - 1));
                graphics.drawString(level, (float) left + BAR + 10, (float) bottom + 8);
            }
        }
    }
}
