/** Whether a bot does the same again from its first candle on, when that was last looked at. */
export const sql = `
alter table bots add column verification jsonb;
alter table bots
  drop constraint bots_status_check,
  add constraint bots_status_check check (status in
    ('running', 'stopped', 'finished', 'crashed', 'quarantined', 'diverged'));
`;
