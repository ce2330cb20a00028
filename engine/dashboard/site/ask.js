let session;

/** The JSON at an address. A page whose session is over goes to where one logs in. */
export async function read(path, signal) {
  return await answered(await fetch(path, { signal, headers: { accept: "application/json" } }));
}

/** Has the server do something. */
export async function send(path, body = {}) {
  const attempt = async () => {
    session ??= await read("/api/session");
    return await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-csrf-token": session.csrf },
      body: JSON.stringify(body),
    });
  };
  let response = await attempt();
  // A server that was started again does not know what it gave before.
  if (response.status === 403) {
    session = undefined;
    response = await attempt();
  }
  return await answered(response);
}

async function answered(response) {
  if (response.status === 401) {
    location.assign("/log-in");
    throw new Error("Log in first");
  }
  const said = await response.json();
  if (!response.ok) throw new Error(said.error ?? `The server answers ${response.status}`);
  return said;
}
