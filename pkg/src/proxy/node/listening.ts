import type { Server } from "node:http";

/** What keeps a port from being had, in words. */
const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: "is taken",
  EACCES: "is not allowed to this user",
};

/** @param option that says which port, for whoever has to choose another one */
export function listening(
  server: Server,
  port: number,
  host: string,
  option: "port" | "operationsPort",
): Promise<Server> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      const why = WHY[error.code ?? ""];
      if (why)
        error.message = `${error.code}: port ${port} of ${host} ${why}; ${option} 0 takes any free one`;
      reject(error);
    };
    server.once("error", fail);
    server.listen(port, host, () => {
      server.off("error", fail);
      resolve(server);
    });
  });
}
