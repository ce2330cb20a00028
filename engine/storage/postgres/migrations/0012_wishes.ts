/** What people ask of bots, and when a bot last decided a candle. */
export const sql = `
create table bot_wishes (
  bot_id text not null references bots (id) on delete cascade,
  -- Counts the bot's wishes from 1: of two that ask at once the second has to look again.
  number integer not null check (number > 0),
  wish text not null check (wish in ('start', 'stop', 'pause', 'resume', 'liquidate')),
  asked_by text not null,
  reason text not null,
  asked_at timestamptz not null default now(),
  -- It acts at the first close of a candle from then on.
  not_before timestamptz not null check (isfinite(not_before)),
  outcome text not null default 'open' check (outcome in ('open', 'done', 'dropped')),
  -- Close time of the candle at whose close the account carried it out.
  acted_at timestamptz check (isfinite(acted_at)),
  primary key (bot_id, number),
  constraint bot_wishes_acted check (acted_at is null or outcome = 'done')
);
-- Runners look for these all the time.
create index bot_wishes_open on bot_wishes (bot_id) where outcome = 'open';

alter table bots
  -- When its cursor last moved.
  add column decided_at timestamptz,
  drop constraint bots_status_check,
  add constraint bots_status_check check (status in
    ('running', 'paused', 'stopped', 'finished', 'crashed', 'quarantined', 'diverged'));
alter table trades
  drop constraint trades_reason_check,
  add constraint trades_reason_check check (reason in
    ('signal', 'reversal', 'stopLoss', 'takeProfit', 'ruin', 'trailingStop', 'breakEven',
     'timeStop', 'maxDrawdown', 'dailyLoss', 'firstTarget', 'secondTarget', 'reduction',
     'liquidation', 'manual'));
alter table fills
  drop constraint fills_reason_check,
  add constraint fills_reason_check check (reason in
    ('entry', 'rebalance', 'signal', 'reversal', 'stopLoss', 'takeProfit', 'ruin', 'trailingStop',
     'breakEven', 'timeStop', 'maxDrawdown', 'dailyLoss', 'firstTarget', 'secondTarget',
     'reduction', 'liquidation', 'manual'));
alter table refusals
  drop constraint refusals_reason_check,
  add constraint refusals_reason_check check (reason in
    ('cash', 'minNotional', 'positions', 'exposure', 'unknown', 'protection', 'expired', 'lot',
     'liquidation', 'paused'));
`;
