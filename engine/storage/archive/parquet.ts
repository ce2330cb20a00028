/** Parquet files: what is used of the packages that read and write them. */
export { parquetMetadataAsync, parquetReadObjects } from "hyparquet";
export { compressors } from "hyparquet-compressors";
export { parquetWriteBuffer } from "hyparquet-writer";
