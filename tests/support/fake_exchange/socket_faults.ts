import { seededRandom } from "../../../data/random.ts";
import type { Fault } from "./fault_plan.ts";
import type { StreamSession } from "./stream_hub.ts";

/** Going away, normal, internal error, service restart; 0 hangs up without a word. */
const CODES = [1001, 1000, 1011, 1012, 0];

/** Does to a client's socket what the fault is about. */
export function hitSocket(fault: Fault, session: StreamSession): void {
  const { socket } = session;
  if (fault.class === "reset") return socket.reset();
  if (fault.class === "halfOpen") {
    socket.isMute = true;
  } else if (fault.class === "silence") {
    session.isSilent = true;
  } else {
    const random = seededRandom(fault.seed);
    socket.close(CODES[Math.floor(random() * CODES.length)]);
  }
}
