/**
 * Picture files: decoded by Java2D and ImageIO alone, no screen, turned upright, as grey tones. May
 * use {@code data.idx} and what that may use.
 */
package io.mnist4j.data.pictures;
