// Draws the player's friends as children of the node that this component is on: put it on any node of a Canvas.

import {
  _decorator,
  assetManager,
  Component,
  type ImageAsset,
  Label,
  error as logError,
  Node,
  Sprite,
  SpriteFrame,
  screen,
  sys,
  Texture2D,
  UITransform,
  warn,
} from "cc";
import type { Abort, Channel, Client, ClientOptions, Friend, Player } from "msdk-friends/mini";
// The default, which a loader gives of a module and of a CommonJS file alike.
import msdk from "msdk-friends/mini";

const { ccclass, property } = _decorator;

/** What the player reads, where the kind of error tells what they can do. */
const WORDS: { readonly [kind: string]: string } = {
  auth: "Please log in again.",
  permission: "Friends are not available here.",
  network: "No connection. Try again.",
  timeout: "No answer. Try again.",
};

@ccclass("FriendList")
export class FriendList extends Component {
  /** Your signing proxy: the game's key never gets here. */
  @property
  baseUrl = "https://game.example/msdk";

  /** As in `Channel` of msdk-friends: 1 is WeChat, 2 is QQ. */
  @property
  channel: number = msdk.Channel.WeChat;

  /** Where the wasm was copied in the package of the game; empty runs without it. */
  @property
  wasmPath = "";

  /** The height of a row, and the width of its picture. */
  @property
  rowPixels = 48;

  private running: Abort | undefined;

  onDestroy(): void {
    this.running?.abort();
  }

  /** Call it when the player has logged in. */
  async show(player: Player): Promise<void> {
    this.running?.abort();
    const running = msdk.createAbort();
    this.running = running;
    this.say("…");
    try {
      const client = await msdk.createClient(this.clientOptions());
      const { friends, degraded } = await client.friendList(player, { signal: running.signal });
      if (running.signal.aborted) return;
      if (degraded) warn("QQ sent incomplete data: do not keep this list");
      if (friends.length > 0) this.draw(client, friends);
      else this.say(degraded ? "Friends cannot be shown now." : "No friends play yet.");
    } catch (error) {
      if (running.signal.aborted) return;
      const kind = msdk.isMsdkError(error) ? error.kind : "unknown";
      this.say(WORDS[kind] ?? "Friends cannot be shown now.");
      logError(String(error));
    }
  }

  protected clientOptions(): ClientOptions {
    return {
      baseUrl: this.baseUrl,
      channel: this.channel as Channel,
      wasmPath: this.wasmPath || false,
      signer: msdk.proxied(),
      // A web build has no host object with requests of its own.
      ...(sys.isBrowser && { fetch: (url: string, init: RequestInit) => fetch(url, init) }),
    };
  }

  private draw(client: Client<Partial<Player>>, friends: readonly Friend[]): void {
    this.node.destroyAllChildren();
    for (const [index, friend] of friends.entries()) {
      const row = this.child(this.node, "row");
      row.setPosition(0, -index * this.rowPixels);
      this.drawName(row, friend);
      this.drawPicture(client, row, friend);
    }
  }

  /** To the right of the picture, which is where the row is. */
  private drawName(row: Node, friend: Friend): void {
    const node = this.child(row, "name");
    node.getComponent(UITransform)?.setAnchorPoint(0, 0.5);
    node.setPosition(this.rowPixels * 0.75, 0);
    node.addComponent(Label).string = friend.displayName;
  }

  private drawPicture(client: Client<Partial<Player>>, row: Node, friend: Friend): void {
    const options = { cssPixels: this.rowPixels, devicePixelRatio: screen.devicePixelRatio };
    const url = client.avatarUrl(friend.pictureUrl, options);
    if (url === undefined) return;
    const node = this.child(row, "picture");
    const sprite = node.addComponent(Sprite);
    sprite.sizeMode = Sprite.SizeMode.CUSTOM;
    node.getComponent(UITransform)?.setContentSize(this.rowPixels, this.rowPixels);
    // The address has no ending that says what it is.
    assetManager.loadRemote<ImageAsset>(url, { ext: ".png" }, (error, image) => {
      if (error || !node.isValid) return;
      const texture = new Texture2D();
      texture.image = image;
      const frame = new SpriteFrame();
      frame.texture = texture;
      sprite.spriteFrame = frame;
    });
  }

  private say(text: string): void {
    this.node.destroyAllChildren();
    this.child(this.node, "text").addComponent(Label).string = text;
  }

  private child(parent: Node, name: string): Node {
    const node = new Node(name);
    node.addComponent(UITransform);
    node.layer = parent.layer;
    parent.addChild(node);
    return node;
  }
}
