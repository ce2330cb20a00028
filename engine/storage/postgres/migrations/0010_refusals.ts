/** What would be liquidated at once is refused as such. */
export const sql = `
alter table refusals
  drop constraint refusals_reason_check,
  add constraint refusals_reason_check check (reason in
    ('cash', 'minNotional', 'positions', 'exposure', 'unknown', 'protection', 'expired', 'lot',
     'liquidation'));
`;
