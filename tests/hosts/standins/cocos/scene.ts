// The example's component on a node of the stand-in engine, against the sandbox.

import { Node } from "cc";
import * as msdk from "msdk-friends/mini";
import { FriendList } from "../../../../examples/cocos/assets/scripts/FriendList.ts";

export { msdk };

interface Sandbox {
  readonly baseUrl: string;
  readonly gameId: string;
  readonly key: string;
}

interface DrawnComponent {
  readonly string?: string;
  readonly spriteFrame?: { readonly texture: { readonly image: { readonly url: string } } };
}
interface Drawn {
  readonly children: readonly Drawn[];
  readonly components: readonly DrawnComponent[];
}

/** The sandbox stands for the platform, so the proxy's part is done here. */
function listOn(node: Node, { baseUrl, gameId, key }: Sandbox): FriendList {
  class Signed extends FriendList {
    protected override clientOptions(): msdk.ClientOptions {
      const signer = msdk.keySigner(key, { dangerouslyAllowBrowser: true });
      return { ...super.clientOptions(), gameId, signer, maxRetries: 0 };
    }
  }
  const list = new Signed();
  list.node = node;
  list.baseUrl = baseUrl;
  return list;
}

function labels(drawn: Drawn): string[] {
  const own = drawn.components.map(({ string }) => string).filter((text) => text !== undefined);
  return drawn.children.map(labels).reduce((all, some) => all.concat(some), own);
}

/** What is wrong with what the scene draws: friends first, then a key that the sandbox refuses, then nothing at all. */
export async function check(sandbox: Sandbox): Promise<string[]> {
  const player = { openid: "9007199254740993111", token: "hosts-token" };
  const failures: string[] = [];
  const expect = (holds: boolean, what: string) => {
    if (!holds) failures.push(`the scene: ${what}`);
  };

  const node = new Node("friends");
  const list = listOn(node, sandbox);
  await list.show(player);
  const rows = (node as unknown as Drawn).children;
  expect(rows.length === 500, `${rows.length} rows`);
  const [name, picture] = rows[0]?.children ?? [];
  expect(name?.components.some(({ string }) => string === "张伟 1") === true, "the first name is another");
  const url = picture?.components.find(({ spriteFrame }) => spriteFrame)?.spriteFrame?.texture.image.url;
  // 48 pixels of a screen with ratio 2.
  expect(/^https:\/\/\S+\.qlogo\.cn\/\S+\/96$/.test(url ?? ""), `the first picture is ${url}`);

  await listOn(node, { ...sandbox, key: "another-key" }).show(player);
  expect(
    labels(node as unknown as Drawn).join() === "Friends cannot be shown now.",
    "the error is not drawn",
  );

  const shown = list.show(player);
  list.onDestroy();
  await shown;
  expect(labels(node as unknown as Drawn).join() === "…", "drawn after its end");
  return failures;
}
