// Timers, kept by the process outside.

export function makeTimers(outside) {
  const pending = new Map();
  let last = 0;
  return {
    setTimeout(callback, ms, ...args) {
      last += 1;
      const id = last;
      const fire = () => {
        pending.delete(id);
        callback(...args);
      };
      pending.set(id, outside.call("sleep", { ms: Number(ms) || 0 }, fire));
      return id;
    },
    clearTimeout(id) {
      const cancel = pending.get(id);
      pending.delete(id);
      if (cancel) cancel();
    },
  };
}
