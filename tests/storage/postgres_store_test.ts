import { withStore } from "../support/database.ts";
import { storeContract } from "./store_contract.ts";

storeContract("the PostgreSQL store", withStore);
