"""Makes the files of candles in fixtures/, as other programs write them.

    pip install pandas==3.1.1 pyarrow==26.0.1 polars==2.1.0
    python make_fixtures.py

The values follow from the row's number, here and in made_rows.ts, so that nothing is read that was
not written: hours from 2024-01-01 on, which is row 0, stamped by their open.
"""

import datetime as dt
import gzip
import json
import pathlib
import zipfile
from decimal import Decimal

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.feather as pf
import pyarrow.parquet as pq

FOLDER = pathlib.Path(__file__).parent / "fixtures"
START = dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc)
HOUR = 3_600_000


def row(i):
    low, spread = 100_000 + i * 37 % 1_000, i * 11 % 300
    close = low + i * 7 % (spread + 1)
    opened = low + i * 5 % (spread + 1)
    return opened / 100, (low + spread) / 100, low / 100, close / 100, i * 13 % 1_009 / 8


def frame(count):
    first = int(START.timestamp() * 1000)
    rows = [(first + i * HOUR, *row(i)) for i in range(count)]
    data = pd.DataFrame(rows, columns=["date", "open", "high", "low", "close", "volume"])
    data["date"] = pd.to_datetime(data["date"], unit="ms", utc=True)
    return data


def kline(i, unit=1):
    opened = int(START.timestamp() * 1000) + i * HOUR
    o, h, l, c, v = row(i)
    # Prices with eight decimals, as Binance writes them.
    cells = [f"{value:.8f}" for value in (o, h, l, c, v)]
    closed = (opened + HOUR) * unit - 1
    return ",".join([str(opened * unit), *cells, str(closed), "1.0", str(i % 50), "0.5", "0.5", "0"])


def decimals(kinds):
    """The frame with decimal columns, each of its own width and more decimals than it needs."""
    data = pa.Table.from_pandas(frame(50), preserve_index=False)
    for name, kind in kinds.items():
        cells = [Decimal(str(value)) for value in frame(50)[name]]
        data = data.set_column(data.column_names.index(name), name, pa.array(cells, kind))
    return data


def exact(indexed):
    widths = dict(open=pa.decimal128(8, 3), high=pa.decimal128(18, 4), low=pa.decimal128(38, 18),
                  close=pa.decimal256(60, 30), volume=pa.decimal128(25, 8))
    data = decimals(widths)
    pq.write_table(data, FOLDER / "decimals.parquet", store_decimal_as_integer=True)
    pf.write_feather(data, FOLDER / "decimals.feather")
    # As Spark and Hive stamp it.
    pq.write_table(pa.Table.from_pandas(indexed.reset_index(), preserve_index=False),
                   FOLDER / "int96.parquet", use_deprecated_int96_timestamps=True)


HEADER = (
    "open_time,open,high,low,close,volume,close_time,quote_volume,count,"
    "taker_buy_volume,taker_buy_quote_volume,ignore"
)


def zipped(name, lines):
    path = FOLDER / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(path.stem + ".csv", (2024, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(entry, "\n".join(lines) + "\n")


def main():
    okx = FOLDER / "data" / "okx"
    (okx / "futures").mkdir(parents=True, exist_ok=True)
    # As freqtrade does it: LZ4 at level 9. Long enough for several blocks a column.
    frame(9_000).to_feather(okx / "BTC_USDT-1h.feather", compression_level=9, compression="lz4")
    frame(50).to_feather(okx / "futures" / "ETH_USDT_USDT-1h-futures.feather", compression="lz4")
    frame(50).to_feather(FOLDER / "plain.feather", compression="uncompressed")
    frame(300).to_feather(FOLDER / "zstd.feather", compression="zstd")

    rows = [[int(t.timestamp() * 1000), *values] for t, *values in frame(50).itertuples(index=False)]
    with open(okx / "XRP_USDT-1h.json.gz", "wb") as raw:
        with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
            file.write(json.dumps(rows).encode())

    frame(50).to_parquet(okx / "ADA_USDT-1h.parquet")
    nanoseconds = frame(50).set_index("date")
    nanoseconds.index = nanoseconds.index.as_unit("ns")
    nanoseconds.to_parquet(FOLDER / "indexed.parquet", compression="gzip")
    polars = pl.from_pandas(frame(50)).with_columns(trades=pl.Series(list(range(50)), dtype=pl.UInt32))
    polars.rename({"date": "open_time"}).write_parquet(FOLDER / "polars.parquet", compression="zstd")

    exact(nanoseconds)

    zipped("BTCUSDT-1h-2024-01.zip", [kline(i) for i in range(50)])
    zipped("ETHUSDT-1h-2025-01.zip", [kline(i, 1_000) for i in range(50)])
    um = FOLDER / "futures" / "um"
    um.mkdir(parents=True, exist_ok=True)
    lines = [HEADER, *[kline(i) for i in range(50)]]
    (um / "BTCUSDT-1h-2024-01-01.csv").write_text("\n".join(lines) + "\n")


main()
