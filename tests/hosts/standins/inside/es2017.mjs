// The language of 2017, as a table: what a mini-game's engine may lack is whatever came later. Of each global, what it
// holds itself and what its prototype holds.

const words = (text) => text.split(/\s+/).filter(Boolean);

const numbers = "Int8 Uint8 Int16 Uint16 Int32 Uint32 Float32 Float64";

/** Objects without a prototype of their own. */
const namespaces = {
  JSON: words("parse stringify"),
  Math: words(`E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2
    abs acos acosh asin asinh atan atan2 atanh cbrt ceil clz32 cos cosh exp expm1 floor fround hypot imul log log10 log1p
    log2 max min pow random round sign sin sinh sqrt tan tanh trunc`),
  Reflect:
    words(`apply construct defineProperty deleteProperty get getOwnPropertyDescriptor getPrototypeOf has isExtensible
    ownKeys preventExtensions set setPrototypeOf`),
};

const classes = {
  Object: [
    `assign create defineProperties defineProperty entries freeze getOwnPropertyDescriptor getOwnPropertyDescriptors
    getOwnPropertyNames getOwnPropertySymbols getPrototypeOf is isExtensible isFrozen isSealed keys preventExtensions seal
    setPrototypeOf values`,
    `hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf __proto__ __defineGetter__
    __defineSetter__ __lookupGetter__ __lookupSetter__`,
  ],
  Function: ["", "apply arguments bind call caller length name toString"],
  Array: [
    "from isArray of",
    `concat copyWithin entries every fill filter find findIndex forEach includes indexOf join keys lastIndexOf length map
    pop push reduce reduceRight reverse shift slice some sort splice toLocaleString toString unshift values`,
  ],
  String: [
    "fromCharCode fromCodePoint raw",
    `charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf length localeCompare match normalize padEnd
    padStart repeat replace search slice split startsWith substr substring toLocaleLowerCase toLocaleUpperCase toLowerCase
    toString toUpperCase trim valueOf`,
  ],
  Number: [
    `EPSILON MAX_SAFE_INTEGER MAX_VALUE MIN_SAFE_INTEGER MIN_VALUE NEGATIVE_INFINITY NaN POSITIVE_INFINITY isFinite
    isInteger isNaN isSafeInteger parseFloat parseInt`,
    "toExponential toFixed toLocaleString toPrecision toString valueOf",
  ],
  Boolean: ["", "toString valueOf"],
  Symbol: [
    `for hasInstance isConcatSpreadable iterator keyFor match replace search species split toPrimitive toStringTag
    unscopables`,
    "toString valueOf",
  ],
  Date: [
    "UTC now parse",
    `getDate getDay getFullYear getHours getMilliseconds getMinutes getMonth getSeconds getTime getTimezoneOffset getUTCDate
    getUTCDay getUTCFullYear getUTCHours getUTCMilliseconds getUTCMinutes getUTCMonth getUTCSeconds getYear setDate
    setFullYear setHours setMilliseconds setMinutes setMonth setSeconds setTime setUTCDate setUTCFullYear setUTCHours
    setUTCMilliseconds setUTCMinutes setUTCMonth setUTCSeconds setYear toDateString toGMTString toISOString toJSON
    toLocaleDateString toLocaleString toLocaleTimeString toString toTimeString toUTCString valueOf`,
  ],
  RegExp: ["", "compile exec flags global ignoreCase multiline source sticky test toString unicode"],
  Promise: ["all race reject resolve", "catch then"],
  Map: ["", "clear delete entries forEach get has keys set size values"],
  Set: ["", "add clear delete entries forEach has keys size values"],
  WeakMap: ["", "delete get has set"],
  WeakSet: ["", "add delete has"],
  ArrayBuffer: ["isView", "byteLength slice"],
  DataView: [
    "",
    `buffer byteLength byteOffset ${words(numbers)
      .map((type) => `get${type} set${type}`)
      .join(" ")}`,
  ],
};
for (const name of words("Error EvalError RangeError ReferenceError SyntaxError TypeError URIError")) {
  // V8's own, and older: without the limit it gives no stack.
  classes[name] = ["captureStackTrace stackTraceLimit", "message name toString"];
}
for (const type of [...words(numbers), "Uint8Clamped"]) {
  classes[`${type}Array`] = ["BYTES_PER_ELEMENT", "BYTES_PER_ELEMENT"];
}

const typedArrays = [
  "from of",
  `buffer byteLength byteOffset copyWithin entries every fill filter find findIndex forEach includes indexOf join keys
  lastIndexOf length map reduce reduceRight reverse set slice some sort subarray toLocaleString toString values`,
];

const functions =
  words(`decodeURI decodeURIComponent encodeURI encodeURIComponent escape isFinite isNaN parseFloat parseInt
  unescape`);
const constants = ["Infinity", "NaN", "undefined"];
const ofEveryClass = ["length", "name", "prototype", "arguments", "caller"];

export const globalNames = new Set([
  ...functions,
  ...constants,
  ...Object.keys(classes),
  ...Object.keys(namespaces),
]);

/** Everything that a script reaches without a host: `[what it is called, the object, what it may hold]`. */
const reachable = (() => {
  const ofClass = (name, itself, [own, ofPrototype]) => [
    [name, itself, [...ofEveryClass, ...words(own)]],
    [`${name}.prototype`, itself.prototype, ["constructor", ...words(ofPrototype)]],
  ];
  const iterator = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  return [
    ...Object.keys(namespaces).map((name) => [name, globalThis[name], namespaces[name]]),
    ...[].concat(...Object.keys(classes).map((name) => ofClass(name, globalThis[name], classes[name]))),
    ...ofClass("TypedArray", Object.getPrototypeOf(Int8Array), typedArrays),
    ["Iterator.prototype", iterator, ["constructor"]],
  ];
})();

/** What is newer in this engine, as `[what it is called, whose it is, the key]`. */
export const newerThan2017 = () =>
  [].concat(
    ...reachable.map(([name, holder, allowed]) =>
      Object.getOwnPropertyNames(holder)
        .filter((key) => !allowed.includes(key))
        .map((key) => [`${name}.${key}`, holder, key]),
    ),
  );
