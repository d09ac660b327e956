package org.thalweg.lab.svg;

import java.util.Base64;
import java.util.Locale;

/** A part of a page. */
public sealed interface Node permits Element, Node.Text, Node.Style, Node.Script, Node.Data, Node.Packed {
    /** Writes it as markup that is both HTML and XML. */
    void write(StringBuilder out);

    /** What people read, whatever characters are in it. */
    record Text(String text) implements Node {
        @Override
        public void write(StringBuilder out) {
            out.append(escaped(text));
        }
    }

    /** A style sheet of our own; nothing that a user gave goes in here. */
    record Style(String css) implements Node {
        public Style {
            if (css.contains("<") || css.contains("&")) {
                throw new IllegalArgumentException("a style sheet here has neither < nor &");
            }
        }

        @Override
        public void write(StringBuilder out) {
            out.append("<style>").append(css).append("</style>");
        }
    }

    /** A script of our own or of a library; nothing that a user gave goes in here. */
    record Script(String source) implements Node {
        public Script {
            if (source.contains("]]>") || source.toLowerCase(Locale.ROOT).contains("</script")) {
                throw new IllegalArgumentException("a script here has neither ]]> nor an end of a script in it");
            }
        }

        @Override
        public void write(StringBuilder out) {
            out.append("<script>//<![CDATA[\n").append(source).append("\n//]]></script>");
        }
    }

    /**
     * Numbers and texts for a script to read, whatever characters are in them.
     *
     * @param kind a name of ours that the script finds it by
     * @param json a document
     */
    record Data(String kind, String json) implements Node {
        @Override
        public void write(StringBuilder out) {
            out.append("<script type=\"application/json\" data-kind=\"")
                    .append(escaped(kind))
                    .append("\">");
            out.append(json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"));
            out.append("</script>");
        }
    }

    /**
     * Bytes for a script to read, as Base64, which has nothing in it to escape.
     *
     * @param id a name of ours that the script finds it by
     */
    @SuppressWarnings("ArrayRecordComponent") // Made to be written once.
    record Packed(String id, byte[] bytes) implements Node {
        @Override
        public void write(StringBuilder out) {
            out.append("<script type=\"text/plain\" id=\"").append(escaped(id)).append("\">");
            out.append(Base64.getEncoder().encodeToString(bytes)).append("</script>");
        }
    }

    /** Text that no parser takes for markup; characters that a page cannot hold are replaced. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(allowed(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    private static boolean allowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c < 0xD800)
                || (c > 0xDFFF && c < 0xFFFE)
                || c > 0xFFFF;
    }
}
