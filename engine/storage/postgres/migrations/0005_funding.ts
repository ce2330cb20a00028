/** Trades may pay funding, and be closed by the exchange. */
export const sql = `
alter table trades
  add column funding double precision not null default 0
    check (funding > '-Infinity' and funding < 'Infinity'),
  drop constraint trades_reason_check,
  add constraint trades_reason_check check (reason in
    ('signal', 'reversal', 'stopLoss', 'takeProfit', 'ruin', 'trailingStop', 'breakEven',
     'timeStop', 'maxDrawdown', 'dailyLoss', 'firstTarget', 'secondTarget', 'reduction',
     'liquidation'));
`;
