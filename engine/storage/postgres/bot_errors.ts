import { FencedError, StoreError } from "../../ports/store_errors.ts";

/** That another runner has a bot meanwhile. */
export function fenced(id: string, epoch: number): FencedError {
  return new FencedError(`Bot "${id}" is not ours any more: another runner took it over`, {
    id,
    epoch,
  });
}

/** That there is no such bot. */
export function unknownBot(id: string): StoreError {
  return new StoreError(`There is no bot "${id}"`, { id });
}
