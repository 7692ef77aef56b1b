/** The media types of pictures that the engine reads. */
export const PICTURE_TYPES: readonly string[] = ["image/png", "image/jpeg", "image/webp"];
