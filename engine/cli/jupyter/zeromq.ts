/**
 * The sockets that Jupyter kernels speak through. They are in a file of their own because that is
 * imported by a name that Deno cannot read beforehand: who runs no notebook fetches none of it.
 */
export { Dealer, Subscriber } from "npm:zeromq@6.8.0";
