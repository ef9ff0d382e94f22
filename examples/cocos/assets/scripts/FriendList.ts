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
import {
  type Abort,
  Channel,
  type Client,
  type ClientOptions,
  createAbort,
  createClient,
  type Friend,
  isMsdkError,
  type Player,
  proxied,
} from "msdk-friends/mini";

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
  channel: number = Channel.WeChat;

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
    const running = createAbort();
    this.running = running;
    this.say("…");
    try {
      const msdk = await createClient(this.clientOptions());
      const { friends, degraded } = await msdk.friendList(player, { signal: running.signal });
      if (running.signal.aborted) return;
      this.draw(msdk, friends);
      if (degraded) warn("QQ sent incomplete data: do not keep this list");
    } catch (error) {
      if (running.signal.aborted) return;
      const kind = isMsdkError(error) ? error.kind : "unknown";
      this.say(WORDS[kind] ?? "Friends cannot be shown now.");
      logError(String(error));
    }
  }

  protected clientOptions(): ClientOptions {
    return {
      baseUrl: this.baseUrl,
      channel: this.channel as Channel,
      wasmPath: this.wasmPath || false,
      signer: proxied(),
      // A web build has no host object with requests of its own.
      ...(sys.isBrowser && { fetch: (url: string, init: RequestInit) => fetch(url, init) }),
    };
  }

  private draw(msdk: Client<Partial<Player>>, friends: readonly Friend[]): void {
    this.node.removeAllChildren();
    if (friends.length === 0) this.say("No friends play yet.");
    for (const [index, friend] of friends.entries()) {
      const row = this.child(this.node, "row");
      row.setPosition(0, -index * this.rowPixels);
      this.child(row, "name").addComponent(Label).string = friend.displayName;
      this.drawPicture(msdk, row, friend);
    }
  }

  private drawPicture(msdk: Client<Partial<Player>>, row: Node, friend: Friend): void {
    const options = { cssPixels: this.rowPixels, devicePixelRatio: screen.devicePixelRatio };
    const url = msdk.avatarUrl(friend.pictureUrl, options);
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
    this.node.removeAllChildren();
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
