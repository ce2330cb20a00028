/** Why a server cannot be reached, by the codes of the operating system. */
export const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "the host is unknown",
  EAI_AGAIN: "the host's name cannot be looked up now",
  EHOSTUNREACH: "there is no way to the host",
  ENETUNREACH: "there is no way to the host",
  ETIMEDOUT: "it does not answer",
  ECONNABORTED: "the connection was cut",
  ECONNRESET: "it closed the connection",
  EPIPE: "it closed the connection",
};
