// The example's component on a node of the stand-in engine, against the sandbox.

import { Node, warnings } from "cc";
import msdk, { Channel, createClient, keySigner } from "msdk-friends/mini";
import { FriendList } from "../../../../examples/cocos/assets/scripts/FriendList.ts";
import type { Surroundings } from "../../program/surroundings.ts";

export { msdk };

interface DrawnComponent {
  readonly string?: string;
  readonly spriteFrame?: { readonly texture: { readonly image: { readonly url: string } } };
}
interface Drawn {
  readonly name: string;
  readonly position: readonly [number, number];
  readonly isValid: boolean;
  readonly children: readonly Drawn[];
  readonly components: readonly DrawnComponent[];
}

const player = { openid: "9007199254740993111", token: "hosts-token" };

/** The sandbox stands for the platform, so the proxy's part is done here. */
const signedOptions = ({ gameId, key }: Surroundings) => ({
  gameId,
  signer: keySigner(key, { dangerouslyAllowBrowser: true }),
  maxRetries: 0,
});

function listOn(node: Node, surroundings: Surroundings, more: object = {}): FriendList {
  class Signed extends FriendList {
    protected override clientOptions() {
      return { ...super.clientOptions(), ...signedOptions(surroundings), ...more };
    }
  }
  const list = new Signed();
  list.node = node;
  list.baseUrl = surroundings.baseUrl;
  return list;
}

function labels(drawn: Drawn): string[] {
  const own = drawn.components.map(({ string }) => string).filter((text) => text !== undefined);
  return drawn.children.map(labels).reduce((all, some) => all.concat(some), own);
}

const childOf = (drawn: Drawn, name: string) => drawn.children.find((child) => child.name === name);

const pictureOf = (drawn: Drawn | undefined) =>
  drawn?.components.find(({ spriteFrame }) => spriteFrame)?.spriteFrame?.texture.image.url;

/** What is wrong with the drawn rows, beside what a client says by itself. */
async function rowFaults(rows: readonly Drawn[], surroundings: Surroundings): Promise<string[]> {
  const { baseUrl, options } = surroundings;
  const channel = Channel.WeChat;
  const client = await createClient({ baseUrl, channel, ...options, ...signedOptions(surroundings) });
  const { friends } = await client.friendList(player);
  if (rows.length !== friends.length) return [`${rows.length} rows`];
  return friends.reduce<string[]>((faults, { displayName, pictureUrl }, index) => {
    const [name, picture] = ["name", "picture"].map((part) => childOf(rows[index], part));
    const wanted = client.avatarUrl(pictureUrl, { cssPixels: 48, devicePixelRatio: 2 });
    if (name?.components.every(({ string }) => string !== displayName)) faults.push(`row ${index}: the name`);
    if (pictureOf(picture) !== wanted) faults.push(`row ${index}: the picture is ${pictureOf(picture)}`);
    if (picture && name?.position[0] === picture.position[0]) faults.push(`row ${index}: one over the other`);
    return faults;
  }, []);
}

const refusals = [
  { what: "a refused signature", text: "Friends cannot be shown now.", key: "another-key" },
  { what: "a failing server", text: "Friends cannot be shown now.", fault: "http-500" },
  { what: "a broken connection", text: "No connection. Try again.", fault: "reset" },
];

const answers = [
  { what: "no friends", body: '{"ret":0,"sopenid":"s"}', text: "No friends play yet.", warned: 0 },
  {
    what: "incomplete data",
    body: '{"ret":0,"sopenid":"s","is_lost":1,"lists":[]}',
    text: "Friends cannot be shown now.",
    warned: 1,
  },
];

/** What is wrong with what the scene draws: friends, errors, nobody, and nothing at all after its end. */
export async function check(surroundings: Surroundings): Promise<string[]> {
  const failures: string[] = [];
  const node = new Node("friends");
  const drawn = node as unknown as Drawn;
  const expectText = (text: string, what: string) => {
    const found = labels(drawn).slice(0, 3).join(", ");
    if (found !== text) failures.push(`the scene: ${what} is drawn as "${found}"`);
  };

  await listOn(node, surroundings).show(player);
  const { children: rows } = drawn;
  failures.push(...(await rowFaults(rows, surroundings)).slice(0, 5).map((fault) => `the scene: ${fault}`));
  // 48 pixels of a screen with ratio 2.
  const url = pictureOf(rows[0] && childOf(rows[0], "picture")) ?? "no picture";
  if (!/^https:\/\/\S+\.qlogo\.cn\/\S+\/96$/.test(url)) failures.push(`the scene: the first is ${url}`);

  for (const { what, text, key = surroundings.key, fault } of refusals) {
    const headers = fault ? { "x-sandbox-fault": fault } : {};
    await listOn(node, { ...surroundings, key }, { headers }).show(player);
    expectText(text, what);
  }
  if (rows.some(({ isValid }) => isValid)) failures.push("the scene: rows are left behind");

  for (const { what, body, text, warned } of answers) {
    warnings.length = 0;
    const answer = () => ({ status: 200, headers: { "content-type": "application/json" }, body });
    await listOn(node, surroundings, surroundings.answering(answer)).show(player);
    expectText(text, what);
    if (warnings.length !== warned) failures.push(`the scene: ${warnings.length} warnings of ${what}`);
  }

  const list = listOn(node, surroundings);
  const shown = list.show(player);
  list.onDestroy();
  await shown;
  expectText("…", "what came after its end");
  return failures;
}
