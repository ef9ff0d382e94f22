// The known answers, in whatever engine this is: those of pure functions here, those of calls in vectors-of-calls.ts.

import {
  type ArkCase,
  type AvatarCase,
  arkCases,
  avatarCases,
  type ChannelCase,
  channelCases,
  type FitCase,
  fitCases,
  type GenderCase,
  genderCases,
  PLATFORMS,
  type SigningCase,
  signingCases,
  unknownChannels,
} from "./cases.ts";
import type { Failures } from "./failures.ts";
import type { Package, Surroundings } from "./surroundings.ts";
import { vectorsOfCalls } from "./vectors-of-calls.ts";

/** Checks every file; gives how many cases each had. */
export async function checkVectors(msdk: Package, surroundings: Surroundings, failures: Failures) {
  const counts: Record<string, number> = {};
  const unknown = unknownChannels.map(
    (id): ChannelCase => ({ name: "unknown", id, avatarSizes: [], gender: "masked" }),
  );
  const pure = [
    subject("signing", signingCases, signing),
    subject("avatar", avatarCases, avatar),
    subject("avatar-fit", fitCases, avatarFit),
    subject("gender", genderCases, gender),
    subject("ark-extra", arkCases, arkExtra),
    subject("channels", [...channelCases, ...unknown], channel),
  ];
  for (const { file, count, check } of pure) {
    await failures.catching(file, () => check(msdk, failures));
    counts[file] = count;
  }
  failures.equal("channels: the names", msdk.Channel, idsByName());
  for (const { file, cases, check } of vectorsOfCalls(msdk, surroundings, failures)) {
    for (const [index, one] of cases.entries()) {
      await failures.catching(`${file} ${index}`, () => check(one, `${file} ${index}`));
    }
    counts[file] = cases.length;
  }
  return counts;
}

type Check<Case> = (msdk: Package, failures: Failures, one: Case, what: string) => void;

function subject<Case>(file: string, cases: readonly Case[], check: Check<Case>) {
  return {
    file,
    count: cases.length,
    check: (msdk: Package, failures: Failures) => {
      for (const [index, one] of cases.entries()) check(msdk, failures, one, `${file} ${index}`);
    },
  };
}

const signing: Check<SigningCase> = (msdk, failures, one, what) => {
  const { path, params: query, body, sigKey: key, canonicalQuery, sig } = one;
  const text = `${path}?${canonicalQuery}${body}`;
  failures.equal(what, msdk.canonicalRequest({ path, query, body }), { canonicalQuery, text });
  failures.equal(what, msdk.sign({ path, query, body, key }), sig);
};

const avatar: Check<AvatarCase> = (msdk, failures, { channel, pictureUrl, size, expected }, what) => {
  failures.equal(what, msdk.avatarUrl(PLATFORMS[channel], pictureUrl, { size }) ?? null, expected);
};

const avatarFit: Check<FitCase> = (msdk, failures, one, what) => {
  const { channel, cssPixels, devicePixelRatio, expected } = one;
  failures.equal(what, msdk.avatarSize(PLATFORMS[channel], cssPixels, devicePixelRatio), expected);
};

const gender: Check<GenderCase> = (msdk, failures, { channel, gender: arrives, expected }, what) => {
  failures.equal(what, msdk.maskGender(channel, arrives), expected);
  const answer = JSON.stringify({ ret: 0, lists: [{ openid: "1", gender: arrives }] });
  const [friend] = msdk.parseFriendList(answer, { channel }).friends;
  failures.equal(`${what}, parsed`, friend?.gender, expected);
};

const arkExtra: Check<ArkCase> = (msdk, failures, { input, extra }, what) => {
  failures.equal(what, msdk.packArkExtra(input), extra);
  failures.equal(`${what}, an object`, msdk.packArkExtra(JSON.parse(decodeURIComponent(extra))), extra);
};

const channel: Check<ChannelCase> = (msdk, failures, { id, avatarSizes, gender: rule }, what) => {
  for (const arrives of [0, 1, 2, 3, -1, 1.5, Number.NaN]) {
    const seen = rule === "shown" && (arrives === 1 || arrives === 2) ? arrives : 0;
    failures.equal(`${what}, gender ${arrives}`, msdk.maskGender(id, arrives), seen);
  }
  const url = "https://wx.qlogo.cn/a/b";
  for (const size of avatarSizes) failures.equal(what, msdk.avatarUrl(id, url, { size }), `${url}/${size}`);
  const widths = avatarSizes.filter((size) => size > 0);
  const srcset = widths.map((size) => `${url}/${size} ${size}w`).join(", ") || undefined;
  failures.equal(`${what}, srcset`, msdk.avatarSrcset(id, url), srcset);
};

function idsByName() {
  const ids: Record<string, number> = {};
  for (const { name, id } of channelCases) ids[name] = id;
  return ids;
}
