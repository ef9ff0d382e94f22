// What examples/cocos uses of the engine, without drawing: the tree of nodes can be looked at.

export class Node {
  children = [];
  components = [];
  isValid = true;
  layer = 0;
  position = [0, 0];

  constructor(name) {
    this.name = name;
  }
  addChild(node) {
    this.children.push(node);
  }
  /** Before the next picture, in the engine; here at once. */
  destroyAllChildren() {
    for (const child of this.children) {
      child.isValid = false;
      child.destroyAllChildren();
    }
    this.children = [];
  }
  setPosition(x, y) {
    this.position = [x, y];
  }
  addComponent(Type) {
    const component = new Type();
    component.node = this;
    this.components.push(component);
    return component;
  }
  getComponent(Type) {
    return this.components.find((component) => component instanceof Type) || null;
  }
}

export class Component {}
export class Label {
  string = "";
}
export class Sprite {
  spriteFrame = null;
  static SizeMode = { CUSTOM: 0 };
}
export class SpriteFrame {}
export class Texture2D {}
export class UITransform {
  setContentSize(width, height) {
    this.size = [width, height];
  }
  setAnchorPoint(x, y) {
    this.anchor = [x, y];
  }
}

export const _decorator = { ccclass: () => (type) => type, property: () => {} };
export const screen = { devicePixelRatio: 2 };
export const sys = { isBrowser: false };

/** Every picture arrives: an image that knows its address. */
export const assetManager = {
  loadRemote: (url, _options, done) => done(null, { url }),
};

export const error = () => {};
/** What the component has warned of. */
export const warnings = [];
export const warn = (text) => warnings.push(text);
