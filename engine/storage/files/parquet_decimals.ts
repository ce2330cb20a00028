import type { FileMetaData } from "../archive/parquet.ts";

type Element = FileMetaData["schema"][number];

/** The decimals of each column of decimal numbers (SQL's DECIMAL), by its name. */
export function decimalScales({ schema }: FileMetaData): Map<string, number> {
  return new Map(
    schema.filter((element) => !element.num_children && isDecimal(element))
      .map((element) => [element.name, scaleOf(element)]),
  );
}

/**
 * The metadata without the word that a column holds decimal numbers, so that it is read as the whole
 * numbers that are kept: hyparquet multiplies them by a rounded power of ten.
 */
export function withPlainDecimals(metadata: FileMetaData): FileMetaData {
  const schema = metadata.schema.map((element) => {
    if (!isDecimal(element)) return element;
    const { converted_type: _converted, logical_type: _logical, ...plain } = element;
    return plain;
  });
  return { ...metadata, schema };
}

function isDecimal({ converted_type, logical_type }: Element): boolean {
  return converted_type === "DECIMAL" || logical_type?.type === "DECIMAL";
}

function scaleOf({ logical_type, scale }: Element): number {
  return logical_type?.type === "DECIMAL" ? logical_type.scale : scale ?? 0;
}
