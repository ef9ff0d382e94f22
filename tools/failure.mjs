// A failure that the reader can act on: one sentence, no stack.

export class Failure extends Error {}

/** Runs a tool's main function; a Failure ends it with its sentence, anything else with the whole error. */
export async function exitOnFailure(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    process.exit(1);
  }
}
