/** What a collector knows of its own observation: series, gaps, and data other than trades. */
export const sql = `
-- One row for each series of candles, so that writers of the same one take turns.
create table market_series (
  exchange text not null,
  symbol text not null,
  timeframe text not null,
  -- Close time of the newest stored candle.
  newest timestamptz not null,
  -- Rises with each writing of candles.
  version bigint not null,
  primary key (exchange, symbol, timeframe)
) with (fillfactor = 50);
insert into market_series (exchange, symbol, timeframe, newest, version)
  select exchange, symbol, timeframe, max(timestamp), 1
  from market_data group by exchange, symbol, timeframe;

-- Time of which trades may be missing: "from" is part of it, "to" is not. None overlaps another.
create table market_gaps (
  exchange text not null,
  symbol text not null,
  "from" timestamptz not null check (isfinite("from")),
  "to" timestamptz not null check (isfinite("to")),
  reason text not null,
  recorded_at timestamptz not null default now(),
  primary key (exchange, symbol, "from"),
  constraint market_gaps_order check ("to" > "from")
);

-- Trades have columns of their own; everything else is kept as it was received.
alter table raw_trades
  alter column price drop not null,
  alter column amount drop not null,
  alter column side drop not null,
  add column data jsonb,
  add constraint raw_trades_data_type check (data_type <> ''),
  add constraint raw_trades_content check (
    case when data_type = 'trade'
      then data is null and price is not null and amount is not null and side is not null
      else data is not null and price is null and amount is null and side is null
    end);
`;
