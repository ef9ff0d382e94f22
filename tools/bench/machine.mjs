import { availableParallelism, cpus } from "node:os";

/** What the numbers depend on; nothing that says whose machine it is. */
export function machineFacts() {
  return {
    cpu: cpus()[0]
      .model.replace(/\(R\)|\(TM\)|CPU|@.*$/g, "")
      .replace(/ +/g, " ")
      .trim(),
    cores: availableParallelism(),
    platform: process.platform,
  };
}
