package org.thalweg.lab.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One pair of axes in the house's style. Colours are Okabe and Ito's, which the colour-blind can tell apart. */
final class Panel implements Painting {
    static final Color BLUE = new Color(0x0072B2);
    static final Color ORANGE = new Color(0xD55E00);
    static final Color GREEN = new Color(0x009E73);
    static final Color PURPLE = new Color(0xCC79A7);
    static final Color INK = new Color(0x222222);
    static final Color SOFT_INK = new Color(0x555555);
    private static final Color GRID = new Color(0xE8E8E8);
    private static final double FAINT = 0.35;
    private static final int WHITE = 255;
    private static final int MOST_LABELS = 10;
    private static final double HEADROOM = 1.1;

    private final XYChart chart;

    /** Where the legend has room. */
    enum Corner {
        TOP_RIGHT(LegendPosition.InsideNE),
        BOTTOM_RIGHT(LegendPosition.InsideSE);

        private final LegendPosition position;

        Corner(LegendPosition position) {
            this.position = position;
        }
    }

    /**
     * Empty axes.
     *
     * @param title what goes upwards, with its unit
     * @param x what goes to the right
     */
    Panel(String title, String x) {
        chart = new XYChart(100, 100); // Painted at any size.
        chart.setTitle(title);
        chart.getStyler().setChartTitleVisible(!title.isEmpty());
        chart.setXAxisTitle(x);
        XYStyler style = chart.getStyler();
        style.setLocale(Locale.ROOT);
        style.setChartBackgroundColor(Color.WHITE).setChartPadding(10).setChartFontColor(INK);
        style.setChartTitleFont(font(Font.BOLD, 28)).setChartTitlePadding(14).setChartTitleBoxVisible(false);
        style.setAxisTitleFont(font(Font.PLAIN, 26)).setAxisTickLabelsFont(font(Font.PLAIN, 24));
        style.setAxisTickLabelsColor(SOFT_INK).setYAxisTitleVisible(false);
        style.setAxisTickMarksColor(GRID).setPlotGridLinesColor(GRID).setPlotGridLinesStroke(new BasicStroke(1.5f));
        style.setPlotGridVerticalLinesVisible(false).setPlotMargin(0);
        style.setXAxisTickMarkSpacingHint(150)
                .setYAxisTickMarkSpacingHint(90)
                .setYAxisLabelAlignment(TextAlignment.Right);
        style.setYAxisTickLabelsFormattingFunction(Numbers::text);
        style.setPlotBackgroundColor(Color.WHITE).setPlotBorderVisible(false).setPlotContentSize(0.97);
        style.setLegendVisible(false).setMarkerSize(11);
    }

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** Many values that only their crowd tells something of. */
    void faint(String name, Curve curve, Color colour) {
        // Opaque, for a see-through line shows a dot wherever two of its pieces overlap.
        Color pale = new Color(faded(colour.getRed()), faded(colour.getGreen()), faded(colour.getBlue()));
        series(name, curve, pale, round(2), SeriesMarkers.NONE);
    }

    /** A line. */
    void line(String name, Curve curve, Color colour) {
        line(name, curve, colour, false);
    }

    /** A line, dashed to tell it from another of the same colour. */
    void line(String name, Curve curve, Color colour, boolean dashed) {
        BasicStroke stroke = dashed
                ? new BasicStroke(4.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, new float[] {13, 9}, 0)
                : round(4.5f);
        series(name, curve, colour, stroke, SeriesMarkers.NONE);
    }

    /** A few values that each count. */
    void points(String name, Curve curve, Color colour) {
        series(name, curve, colour, round(3), SeriesMarkers.CIRCLE);
    }

    private static int faded(int channel) {
        return (int) Math.round(WHITE - FAINT * (WHITE - channel));
    }

    private static BasicStroke round(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private void series(String name, Curve curve, Color colour, BasicStroke stroke, Marker marker) {
        if (curve.isEmpty()) {
            return;
        }
        XYSeries series = chart.addSeries(name, curve.x(), curve.y());
        series.setMarker(marker);
        series.setMarkerColor(colour);
        series.setLineStyle(stroke);
        series.setLineColor(colour);
    }

    void logarithmic() {
        chart.getStyler().setYAxisLogarithmic(true);
    }

    /** Labels whole numbers alone, and of many only some. */
    Panel counting(int most) {
        int every = Math.max(1, Math.ceilDiv(most, MOST_LABELS));
        chart.getStyler().setXAxisTickLabelsFormattingFunction(x -> x % every == 0 ? Numbers.text(x) : " ");
        return this;
    }

    /** Closer lines, for a low panel. */
    Panel low() {
        chart.getStyler().setYAxisTickMarkSpacingHint(50);
        return this;
    }

    /** No more labels than so many on the axis to the right. */
    Panel labels(int most) {
        chart.getStyler().setXAxisMaxLabelCount(most);
        return this;
    }

    /** An axis from zero to a little above {@code most}. */
    Panel fromZero(double most) {
        XYStyler style = chart.getStyler();
        style.setYAxisMin(0.0);
        if (most > 0) {
            style.setYAxisMax(HEADROOM * most);
        }
        return this;
    }

    /**
     * The same points, and one on the first line between them, since points at even distances are labelled one by one until
     * the labels run into each other.
     */
    static Curve labelled(Curve curve, boolean logarithmic) {
        if (curve.x().length < 2) {
            return curve;
        }
        double first = curve.y()[0];
        double second = curve.y()[1];
        double between = logarithmic ? Math.sqrt(first) * Math.sqrt(second) : first / 2 + second / 2;
        return new Curve(inserted(curve.x(), (curve.x()[0] + curve.x()[1]) / 2), inserted(curve.y(), between));
    }

    private static double[] inserted(double[] values, double second) {
        return DoubleStream.concat(
                        DoubleStream.of(values[0], second),
                        Arrays.stream(values).skip(1))
                .toArray();
    }

    /** Names the series, in a corner where they leave room. */
    Panel legend(Corner corner) {
        XYStyler style = chart.getStyler();
        style.setLegendVisible(true).setLegendPosition(corner.position).setLegendLayout(LegendLayout.Vertical);
        style.setLegendFont(font(Font.PLAIN, 24))
                .setLegendBorderColor(Color.WHITE)
                .setLegendSeriesLineLength(40);
        return this;
    }

    @Override
    public void paint(Graphics2D graphics, int width, int height) {
        chart.paint(graphics, width, height);
    }
}
