// Runs in the page, for stored.ts: a list of [where, text] and [where, undefined, bytes in base64].

(async () => {
  const found = [];
  const addBytes = (where, bytes) => {
    found.push([where, undefined, btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))]);
  };
  const isPlain = (value) => [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value));
  /** Texts and bytes at any depth. What could hold them in another way would be overlooked. */
  const add = (where, value) => {
    if (value instanceof ArrayBuffer) addBytes(where, new Uint8Array(value));
    else if (ArrayBuffer.isView(value))
      addBytes(where, new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    else if (typeof value !== "object" || value === null) found.push([where, String(value)]);
    else if (!isPlain(value))
      throw new Error(`${where} holds a ${value.constructor.name}, which is not searched`);
    else
      for (const [name, member] of Object.entries(value)) {
        found.push([where, name]);
        add(where, member);
      }
  };
  const done = (asked) =>
    new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });

  add("localStorage", { ...localStorage });
  add("sessionStorage", { ...sessionStorage });
  add("history", [location.href, history.state, window.name]);
  const fields = [...document.querySelectorAll("input, textarea")];
  add("document", [document.documentElement.outerHTML, ...fields.map(({ value }) => value)]);
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const rows = database.transaction(store).objectStore(store);
      add("IndexedDB", [name, store, await done(rows.getAllKeys()), await done(rows.getAll())]);
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      add("caches", [name, request.url, [...request.headers], [...response.headers]]);
      add("caches", await response.arrayBuffer());
    }
  }
  for await (const name of (await navigator.storage.getDirectory()).keys())
    throw new Error(`there is a file ${name}, which is not searched`);
  for (const { scope, active } of await navigator.serviceWorker.getRegistrations())
    add("workers", [scope, active?.scriptURL]);
  return found;
})();
