// The system's packages, where there is apt and it may be used without a question.

import { ask, run } from "../processes.mjs";

/** Installs Debian packages. What goes wrong is printed, never thrown: the caller looks whether they are there. */
export async function aptInstall(packages) {
  if (!(await ask("apt-get", ["--version"]))) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && (await ask("sudo", ["-n", "true"])) === undefined) return;

  const apt = (args, timeoutMs) => {
    const command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", ...args];
    const [name, ...rest] = isRoot ? command : ["sudo", "-n", ...command];
    console.log(`set-up: ${[name, ...rest].join(" ")}`);
    return run(name, rest, { timeoutMs, group: true, stdio: ["ignore", "inherit", "inherit"] });
  };
  try {
    // Another apt may be at work: wait for it, but not for ever. An index that cannot be renewed may still do.
    await apt(["update"], 300_000).catch((failure) => console.log(failure.message));
    await apt(
      ["install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", ...packages],
      900_000,
    );
  } catch (failure) {
    console.log(failure.message);
  }
}
