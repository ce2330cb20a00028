import type { Picture } from "../charts/picture.ts";
import type { PictureOptions } from "../charts/picture_options.ts";

/** A part of a report: what stands below one heading. */
export interface Section {
  title: string;
  /** What is shown, in a sentence or two. */
  about: string;
  parts: readonly Part[];
}

/** One thing in a section. */
export type Part =
  | { kind: "picture"; draw: Draw; narrow: number | undefined }
  | { kind: "table"; table: TextCells }
  | { kind: "pairs"; groups: readonly PairGroup[] }
  | { kind: "lines"; lines: readonly string[] }
  | { kind: "code"; text: string };

/** Draws a picture in a theme and size. */
export type Draw = (options: PictureOptions) => Picture;

/** A table as texts. */
export interface TextCells {
  columns: readonly { name: string; right: boolean }[];
  rows: readonly (readonly string[])[];
  /** What has to be said of it; empty for nothing. */
  caption: string;
}

/** Names and their values, below a heading. */
export interface PairGroup {
  title: string;
  pairs: readonly (readonly [name: string, value: string])[];
}
