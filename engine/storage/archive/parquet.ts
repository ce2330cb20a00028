/** Parquet files: what is used of the packages that read and write them. */
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
