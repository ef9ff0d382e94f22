// What a bare engine runs first: its half of an exchange of texts with the process outside. A function expression; the
// engine's driver calls it with the four things that an engine must give, and hands what arrives to what it gets back.
//
// It takes what it needs of the language before any other script runs, and leaves one global, `outside`: whoever has
// taken that may delete it. Every text is one line of ASCII, since an engine may read nothing else.

// Called without a receiver, so that `this` is the global object, whatever an engine calls that.
(function ({ send, run, readFile, WebAssembly }) {
  const { parse, stringify } = JSON;
  const PromiseOfTheEngine = Promise;
  const calls = new Map();
  let lastCall = 0;

  const escaped = (unit) => `\\u${`000${unit.charCodeAt(0).toString(16)}`.slice(-4)}`;
  const post = (message) => send(stringify(message).replace(/[^\x20-\x7e]/g, escaped));
  /** V8 begins a stack with what the error says, the others do not say it there. */
  const described = (error) => {
    const stack = error?.stack ?? "";
    return stack.includes(`${error}`) ? stack : `${error}\n${stack}`;
  };

  /** Asks a service outside. `done` gets its answer, once; what is given back calls it off. */
  const call = (service, args, done) => {
    lastCall += 1;
    const id = lastCall;
    calls.set(id, done);
    post({ call: id, service, args });
    return () => {
      if (calls.delete(id)) post({ cancel: id });
    };
  };

  const evaluate = ({ evaluate: id, text, name }) => {
    const failed = (error) => post({ evaluated: id, failure: described(error) });
    new PromiseOfTheEngine((resolve) => resolve(run(text, name)))
      .then((value) => post({ evaluated: id, value }))
      .catch(failed);
  };

  const answer = ({ answer: id, value }) => {
    const done = calls.get(id);
    calls.delete(id);
    if (done) done(value);
  };

  this.outside = { call, run, readFile, WebAssembly };

  return (text) => {
    try {
      const message = parse(text);
      if (message.evaluate) evaluate(message);
      else answer(message);
    } catch (error) {
      // A callback that throws: nobody waits for it, so it fails whatever is waited for.
      post({ failure: described(error) });
    }
  };
});
