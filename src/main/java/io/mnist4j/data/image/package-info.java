/**
 * From a picture file to what MNIST would have made of it: {@link io.mnist4j.data.image.ImageFile}
 * decodes it. Java2D's pixels and ImageIO alone, no screen. Imports only {@code io.mnist4j.data}.
 */
package io.mnist4j.data.image;
