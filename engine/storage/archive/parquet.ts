/**
 * Parquet files: what is used of the packages that read and write them. parquet-wasm took 1.5 to 3
 * times as long to give the same columns, by way of Arrow, and is 15 MB.
 */
export {
  type FileMetaData,
  parquetMetadata,
  parquetMetadataAsync,
  type ParquetParsers,
  parquetRead,
  parquetReadObjects,
} from "hyparquet";
export { compressors } from "hyparquet-compressors";
export { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
