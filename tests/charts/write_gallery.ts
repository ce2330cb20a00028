import { gallery } from "./gallery.ts";
import { searchGallery } from "./search_gallery.ts";

/** Writes the pictures of the gallery anew: look at each before they are committed. */
for (const [name, picture] of Object.entries({ ...await gallery(), ...await searchGallery() })) {
  await Deno.writeFile(new URL(`gallery/${name}.png`, import.meta.url), await picture.png());
}
