package org.thalweg.train.metrics;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An image for people.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param height in pixels
 * @param width in pixels
 * @param pixels from 0 for dark to 255, channel after channel, row after row
 */
@SuppressWarnings("ArrayRecordComponent") // written and read as a whole
public record Picture(int channels, int height, int width, byte[] pixels) {
    public Picture {
        if ((channels != 1 && channels != 3) || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "a picture has 1 or 3 channels and at least 1 x 1 pixels, not %d of %d x %d"
                            .formatted(channels, height, width));
        }
        if ((long) channels * height * width != pixels.length) {
            throw new IllegalArgumentException("a picture of %d x %d x %d pixels cannot have %d values"
                    .formatted(channels, height, width, pixels.length));
        }
    }

    /** For a JSON document; the pixels as base 64. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("channels", channels);
        json.put("height", height);
        json.put("width", width);
        json.put("pixels", Base64.getEncoder().encodeToString(pixels));
        return json;
    }
}
