/** Importing this has Deno fetch the package, whose files can then be found. */
export {
  default as FONT_PACKAGE,
} from "npm:@expo-google-fonts/ibm-plex-sans@0.4.1/package.json" with {
  type: "json",
};

/**
 * The font of every text, as `file:` URLs: a machine without fonts would give pictures without a word.
 * Its figures are all of one width, so that columns of numbers line up.
 */
export const FONT_FILES: readonly string[] = [
  import.meta.resolve(
    "npm:@expo-google-fonts/ibm-plex-sans@0.4.1/400Regular/IBMPlexSans_400Regular.ttf",
  ),
  import.meta.resolve(
    "npm:@expo-google-fonts/ibm-plex-sans@0.4.1/600SemiBold/IBMPlexSans_600SemiBold.ttf",
  ),
];
